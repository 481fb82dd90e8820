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
	form   formID
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
			found[phrase[0]] = append(found[phrase[0]], acronym{id, stem, term, phrase})
		}
	}
	return found
}

// phrasesOf are the phrases that a stem stands for, be it written with points ("u.s").
func phrasesOf(stem string) iter.Seq[[]string] {
	return english.Phrases(strings.ReplaceAll(stem, ".", ""))
}

// noWord is the rarity from which letters are no word that people use without explaining it, as "LA" and "VP" are.
const noWord = 9

// spellOut returns the stems of the shortest phrase that a word stands for and that the stories
// have all words of: "chief executive" rather than "chief executive officer". Where there is none, capitals that are
// no word may be the initials of a name.
func (a *analyst) spellOut(k token) (shortest []string) {
	unknown := func(stem string) bool { _, ok := a.vocabulary.findTerm(stem); return !ok }
	for phrase := range phrasesOf(stemOf(k.form)) {
		if (shortest == nil || len(phrase) < len(shortest)) && !slices.ContainsFunc(phrase, unknown) {
			shortest = phrase
		}
	}
	if shortest == nil && allCapitals(a.text[k.start:k.end]) && english.Rarity(k.form) > noWord {
		return a.nameWithInitials(k.form)
	}
	return shortest
}

// nameWithInitials is the most used name, but for those of people, whose words begin so, as stems; nil where there is none.
func (t *texts) nameWithInitials(initials string) (stems []string) {
	if len(initials) < 2 || len(initials) > longestName {
		return nil
	}
	for i := range t.named {
		if n := t.name(i); !n.person && haveInitials(n.folded, initials) {
			for word := range strings.FieldsSeq(n.folded) {
				stems = append(stems, stemOf(word))
			}
			return stems
		}
	}
	return nil
}

func haveInitials(words, initials string) bool {
	n := 0
	for word := range strings.FieldsSeq(words) {
		if n == len(initials) || word[0] != initials[n] {
			return false
		}
		n++
	}
	return n == len(initials)
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

// abbreviate reads a phrase that the stories lack as the acronym that they use instead: "European Union" as EU.
func (a *analyst) abbreviate() {
	for i := 0; i < len(a.tokens); i++ {
		if id, n := a.acronymAt(i); n > 0 {
			first, last := a.tokens[i], a.tokens[i+n-1]
			first.end, first.form, first.flags = last.end, a.vocabulary.text(id), first.flags|flagCapital|last.flags&flagComma
			a.tokens = slices.Replace(a.tokens, i, i+n, first)
		}
	}
}

// acronymAt is the acronym for the words at i, all of which the stories lack, and how many they are; 0 for none. One that
// looks like a question word ("who") is none.
func (a *analyst) acronymAt(i int) (id formID, n int) {
	var stems []string
	for _, k := range a.tokens[i:] {
		if k.flags&flagCompound != 0 || a.lookUp(k.form) != noTerm {
			break
		}
		stems = append(stems, stemOf(k.form))
		for _, c := range a.acronyms()[stems[0]] {
			if slices.Equal(c.phrase, stems) && questionWords[a.vocabulary.text(c.form)] == "" {
				return c.form, len(stems)
			}
		}
		if k.flags&flagComma != 0 {
			break
		}
	}
	return 0, 0
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
				whole[j].mayBe(relative{stem: c.stem, term: c.term, related: 1})
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
				a.Terms[k].mayBe(relative{stem: a.vocabulary.stem(term), term: term, related: 1})
			}
		}
	}
}
