package main

import "strings"

// recent are words that came into general use after the lists were counted or WordNet was closed
// (2006), each with words that can stand for it. A phrase has underscores.
const recent = `
app application program
apps applications programs
website site webpage
websites sites
online
startup company venture business
smartphone phone
chatbot bot
chatbots bots
blog
blogger
podcast broadcast
email mail message
tweet post message
hashtag
emoji
selfie photograph
influencer
streaming
wifi network
broadband
login
username
crypto cryptocurrency
cryptocurrency currency
bitcoin cryptocurrency
drone
ebook book
ceo chief_executive_officer chief_executive
cto chief_technology_officer
cfo chief_financial_officer
coo chief_operating_officer
cio chief_information_officer
cmo chief_marketing_officer
vp vice_president
hq headquarters
ai artificial_intelligence
ml machine_learning
hr human_resources
`

// recentRarity is given to recent words that the lists lack or count as rarer: that of a word
// such as "software" or "airline", which people use without explaining it.
const recentRarity = 7

// addRecent counts the recent words.
func addRecent(rare map[string]float64) {
	for _, line := range strings.Split(strings.TrimSpace(recent), "\n") {
		word := strings.Fields(line)[0]
		if r, ok := rare[word]; !ok || r > recentRarity {
			rare[word] = recentRarity
		}
	}
}

// addRecent relates the recent words to what can stand for them.
func (r *relater) addRecent() {
	for _, line := range strings.Split(strings.TrimSpace(recent), "\n") {
		words := strings.Fields(line)
		for _, to := range words[1:] {
			if strings.Contains(to, "_") {
				r.addPhrase(words[0], to)
				continue
			}
			r.relate(words[0], to, 80, 0)
			r.relate(to, words[0], 80, 0)
		}
	}
}
