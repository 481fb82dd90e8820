package index

import (
	"iter"
	"slices"
	"strings"

	"verbatim/english"
)

// spelling out: "CTO" in a question meets "chief technology officer" in a story, and the other
// way round, by the phrases that package english knows for a word.

// acronym is a word of the stories that stands for a phrase.
type acronym struct {
	stem   string
	term   termID
	phrase []string // stems
}

// longestAcronym is how many letters an acronym has at most.
const longestAcronym = 5

// acronymous are the forms that stand for phrases.
func acronymous(v *vocabulary) (forms []formID) {
	for i := range v.forms {
		f := &v.forms[i]
		if len(v.text(formID(i))) > longestAcronym || !f.isName() {
			continue
		}
		for range phrasesOf(v.stem(f.term)) {
			forms = append(forms, formID(i))
			break
		}
	}
	return forms
}

// findAcronyms lists the acronyms by the first stem of what they stand for.
func (t *texts) findAcronyms() map[string][]acronym {
	found := map[string][]acronym{}
	for _, id := range t.acronymous {
		term := t.vocabulary.forms[id].term
		stem := t.vocabulary.stem(term)
		for phrase := range phrasesOf(stem) {
			found[phrase[0]] = append(found[phrase[0]], acronym{stem, term, phrase})
		}
	}
	return found
}

// phrasesOf are the phrases that a stem stands for, be it written with points ("u.s").
func phrasesOf(stem string) iter.Seq[[]string] {
	return english.Phrases(strings.ReplaceAll(stem, ".", ""))
}

// spellOut returns the stems of the shortest phrase that a word stands for and that the stories
// have all words of: "chief executive" rather than "chief executive officer".
func (a *analyst) spellOut(form string) (shortest []string) {
	unknown := func(stem string) bool { _, ok := a.vocabulary.findTerm(stem); return !ok }
	for phrase := range phrasesOf(stemOf(form)) {
		if (shortest == nil || len(phrase) < len(shortest)) && !slices.ContainsFunc(phrase, unknown) {
			shortest = phrase
		}
	}
	return shortest
}

// addPhrase adds the words that stand for one word of the question, which share its rarity.
func (a *analyst) addPhrase(k token, phrase []string) {
	for _, stem := range phrase {
		if len(a.Terms) == maxTerms {
			return
		}
		term, _ := a.vocabulary.findTerm(stem)
		t := Term{Text: stem, stem: stem, Written: a.text[k.start:k.end], term: term, known: true, spelledOut: true, form: noForm,
			Rarity: float32(english.Rarity(k.form)) / float32(len(phrase))}
		t.idf = idf(a.sentenceCount(), int(a.vocabulary.counts[t.term].sentences))
		a.Terms = append(a.Terms, t)
		a.order = append(a.order, t.term)
	}
}

// relateAcronyms lets the acronyms of the stories stand for phrases of the question.
func (a *analyst) relateAcronyms() {
	for i := range a.Terms {
		for _, c := range a.acronyms()[a.Terms[i].stem] {
			if i+len(c.phrase) > len(a.Terms) {
				continue
			}
			whole := a.Terms[i : i+len(c.phrase)]
			if !slices.EqualFunc(whole, c.phrase, func(t Term, stem string) bool { return t.stem == stem }) {
				continue
			}
			for j := range whole {
				whole[j].relatives = append(whole[j].relatives, relative{stem: c.stem, term: c.term, related: .8})
			}
		}
	}
}

// relateInitials lets initials that the stories use stand for the names of the question that they are of: EU for European
// Union.
func (a *analyst) relateInitials() {
	for i := range a.Terms {
		initials := ""
		for j := i; j < len(a.Terms) && j-i < longestAcronym && a.Terms[j].Name; j++ {
			initials += a.Terms[j].Text[:1]
			id, ok := a.vocabulary.find(initials)
			if j == i || !ok || !a.vocabulary.forms[id].isName() {
				continue
			}
			term := a.vocabulary.forms[id].term
			for k := i; k <= j; k++ {
				a.Terms[k].relatives = append(a.Terms[k].relatives, relative{stem: a.vocabulary.stem(term), term: term, related: .8})
			}
		}
	}
}
