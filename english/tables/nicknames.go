package main

import (
	"slices"
	"strings"
)

// familiar are short names, each with what it is short for.
const familiar = `
abby abigail
andy andrew
beth elizabeth
betsy elizabeth
betty elizabeth
becky rebecca
bert albert herbert robert
bess elizabeth
bobby robert
cathy catherine
cindy cynthia
dave david
dick richard
dolly dorothy
drew andrew
gus augustus
hal henry
harry harold henry
jerry gerald jerome
jim james
kate katherine catherine
kathy katherine kathleen
katie katherine
kit christopher
kitty katherine
larry lawrence
lena helena
liz elizabeth
lizzie elizabeth
lou louis louise
maggie margaret
mandy amanda
meg margaret
mick michael
mike michael
molly mary
nancy ann anne
ned edward
nell eleanor ellen helen
nick nicholas
nicky nicholas
nora eleanor
pat patrick patricia
patty patricia
peggy margaret
polly mary
rick richard
rob robert
ron ronald
rosie rose rosemary
sally sarah
sandy alexander alexandra sandra
sasha alexander alexandra
steve steven stephen
sue susan
suzy susan suzanne
ted edward theodore
teddy edward theodore
tina christina
tony anthony antonio
tricia patricia
trish patricia
trudy gertrude
vicky victoria
wendy gwendolyn
xander alexander
`

// strange are pairs of names of one person that are no forms of each other.
var strange = strings.Split(`anna melina,barney berna,casey charles,dean jonathan,don john,hank hiram,hans jean,henry ken,jacques james,james jesse,jean john,saul solomon`, ",")

// nicknamesOf lists the given names that are forms of one another ("Bill", "William"): those that are familiar, and those of
// people whom WordNet knows by several names of one surname. They are sorted, each as the two names with a space between, the first in the alphabet
// first.
func (wn *wordNet) nicknamesOf(l *lists) []string {
	var pairs []string
	for line := range strings.Lines(strings.TrimSpace(familiar)) {
		names := strings.Fields(line)
		for _, long := range names[1:] {
			pairs = append(pairs, min(names[0], long)+" "+max(names[0], long))
		}
	}
	given := func(name string) bool { return slices.Contains(l.given, name) }
	for _, s := range wn.synsets {
		if s.file != person || s.id[0] != 'n' {
			continue
		}
		for _, a := range s.words {
			for _, b := range s.words {
				a, b := strings.Split(strings.ToLower(a), "_"), strings.Split(strings.ToLower(b), "_")
				if len(a) < 2 || len(b) < 2 || a[len(a)-1] != b[len(b)-1] || a[0] >= b[0] || slices.Contains(a, b[0]) || slices.Contains(b, a[0]) {
					continue // of two people, or the second of the given names alone
				}
				if pair := a[0] + " " + b[0]; given(a[0]) && given(b[0]) && alike(a[0], b[0]) && !slices.Contains(strange, pair) {
					pairs = append(pairs, pair)
				}
			}
		}
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

// person is the number of the lexicographer's file of nouns for people.
const person = 18

// alike tells forms of a name from quite different names that somebody goes by: half of the letters of the shorter one
// stand in the longer one, in the same order ("Dick", "Richard"), or both begin alike.
func alike(a, b string) bool {
	return a[0] == b[0] || 2*commonLetters(a, b) >= min(len(a), len(b))
}

// commonLetters is the length of the longest common subsequence.
func commonLetters(a, b string) int {
	row := make([]int, len(b)+1)
	for i := range len(a) {
		diagonal := 0
		for j := range len(b) {
			above := row[j+1]
			if row[j+1] = max(above, row[j]); a[i] == b[j] {
				row[j+1] = diagonal + 1
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
