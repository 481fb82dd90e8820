package index

import (
	"math"
	"strings"

	"verbatim/english"
)

// A form is a word as it is written, folded; forms of one stem are one term. Both are numbered,
// so that whatever is done at question time compares integers.
type (
	formID uint32
	termID uint32
)

// traits are what is known of a form wherever it stands.
type traits uint32

const (
	traitStop     traits = 1 << iota // carries no meaning of its own
	traitPronoun                     // refers back
	traitNumber                      // a number, in digits or letters
	traitDate                        // a year, month, or word of time
	traitYear                        // four digits that can be a year
	traitMoney                       // a currency
	traitPlace                       // a preposition of place
	traitReason                      // because, due, …
	traitManner                      // by, through, …
	traitPerson                      // a given name, or a noun for a person
	traitGroup                       // a noun for a group or organisation
	traitLocation                    // a noun for, or name of, a place
	traitGiven                       // a given name
	traitSurname                     // follows a given name in the stories
	traitMeasure                     // a unit of measure
	traitPhrasal                     // a verb of several words begins with it, see phrasal.go
	traitAside                       // may stand in the middle of one
)

// vocabulary numbers the forms and terms of an index and knows what can be known of them in advance.
type vocabulary struct {
	texts  stringTable // of the forms
	stems  stringTable // of the terms
	forms  []form
	counts []termCount
}

type form struct {
	term   termID
	traits traits
	rarity float32    // background inverse document frequency, in nats
	senses [2]uint32  // of the noun, see package english
	uses   formCounts // in the stories
}

type formCounts struct {
	capital, inside uint32 // times capitalised, of the times not first in a sentence
	sentences       uint32 // that hold it
	written         uint32 // the first word that writes it with a capital, + 1; 0 for none
}

// termCount is in how many sentences and passages a term stands.
type termCount struct{ sentences, passages uint32 }

// add returns the number of a form, a new one for a new form.
func (v *vocabulary) add(text string) formID {
	id, added := v.texts.add(text)
	if !added {
		return formID(id)
	}
	term, added := v.stems.add(stemOf(text))
	if added {
		v.counts = append(v.counts, termCount{})
	}
	v.forms = append(v.forms, form{term: termID(term), traits: traitsOf(text) | phrasalTraits(text, v.stem(termID(term))), rarity: float32(english.Rarity(text)), senses: english.Senses(text)})
	return formID(id)
}

// find is the number of a form; false where the stories lack it.
func (v *vocabulary) find(text string) (formID, bool) {
	id, ok := v.texts.find(text)
	return formID(id), ok
}

// findTerm is the number of the term of a stem; false where the stories lack it.
func (v *vocabulary) findTerm(stem string) (termID, bool) {
	id, ok := v.stems.find(stem)
	return termID(id), ok
}

// text and stem lie in the index, see [stringOf].
func (v *vocabulary) text(id formID) string { return v.texts.at(uint32(id)) }
func (v *vocabulary) stem(t termID) string  { return v.stems.at(uint32(t)) }

// stemOf is the term that a form is counted as.
func stemOf(text string) string {
	if d, ok := digits[text]; ok {
		return d
	}
	return english.Stem(cardinal(text))
}

// cardinal takes the ending off an ordinal in digits: "4th" is counted as "4".
func cardinal(text string) string {
	for _, ending := range [...]string{"th", "st", "nd", "rd"} {
		if n, ok := strings.CutSuffix(text, ending); ok && n != "" && strings.Trim(n, "0123456789") == "" {
			return n
		}
	}
	return text
}

// traitsOf looks a form up in the lists of words.go and the tables of package english.
func traitsOf(text string) (t traits) {
	is := func(yes bool, trait traits) {
		if yes {
			t |= trait
		}
	}
	numeric := text[0] >= '0' && text[0] <= '9'
	is(stopWords[text], traitStop)
	is(pronouns[text], traitPronoun)
	is(numeric || numerals[text], traitNumber)
	is(isYear(text), traitYear|traitDate)
	is(months[text] || timeWords[text], traitDate)
	is(money[text], traitMoney)
	is(placeWords[text], traitPlace)
	is(cueReason[text], traitReason)
	is(cueManner[text], traitManner)
	if !stopWords[text] {
		is(english.GivenName(text), traitPerson|traitGiven)
		switch english.CoarseOf(english.Senses(text)[0]) {
		case english.Person:
			t |= traitPerson
		case english.Group:
			t |= traitGroup
		case english.Place:
			t |= traitLocation
		case english.Time:
			t |= traitDate
		case english.Quantity:
			t |= traitMeasure
		}
	}
	return t
}

// isYear takes "1973" and "1970s" for years.
func isYear(s string) bool {
	if len(s) == 5 && s[4] == 's' {
		s = s[:4]
	}
	if len(s) != 4 || s[0] != '1' && s[0] != '2' {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// isName reports whether a form stands in the stories as a name: mostly capitalised, where
// that is not due to the beginning of a sentence.
func (f *form) isName() bool { return f.uses.capital > 0 && 2*f.uses.capital > f.uses.inside }

// idf is the inverse document frequency of BM25 as Lucene smooths it, never negative.
func idf(n, df int) float32 {
	return float32(math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5)))
}
