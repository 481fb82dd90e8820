package index

import (
	"strings"

	"verbatim/english"
)

// Verbs of several words: "stepped down" in a story is also read as one word, which package english
// relates to "resign"; in a question it may stand for what it relates to.

// phrasal finds verbs of several words among the words of a sentence, which come one by one.
type phrasal struct {
	verb   []byte // the stems so far, with spaces between; empty outside
	places []int  // of these words, as the caller counts
	gap    int    // words that came between the verb and what belongs to it: "brought them on board"
	ended  bool   // nothing goes on from here
}

// mostBetween is how many words may stand between a verb and the two or more that belong to it.
const mostBetween = 4

// begin forgets what came before.
func (p *phrasal) begin() { p.verb, p.places, p.gap, p.ended = p.verb[:0], p.places[:0], 0, false }

// next takes a word. It returns the stems of the verb that ends with it, if any, good until the
// next word.
func (p *phrasal) next(place int, stem string, traits traits, flags tokenFlags) (verb string) {
	if p.ended {
		p.begin()
	}
	switch {
	case flags&flagCompound != 0:
		return ""
	case len(p.verb) == 0:
		p.open(place, stem, traits)
	case traits&traitAside == 0:
		verb = p.goOn(place, stem, traits)
	}
	p.ended = p.ended || flags&flagComma != 0
	return verb
}

// open begins a verb, if the word does.
func (p *phrasal) open(place int, stem string, traits traits) {
	p.begin()
	if traits&traitPhrasal != 0 {
		p.verb, p.places = append(p.verb, stem...), append(p.places, place)
	}
}

func (p *phrasal) goOn(place int, stem string, traits traits) (verb string) {
	alone := len(p.places) == 1
	if !alone || p.gap == 0 || traits&traitStop != 0 {
		length := len(p.verb)
		p.verb = append(append(p.verb, ' '), stem...)
		whole, begins := english.Verb(stringOf(p.verb))
		if whole || begins {
			p.places = append(p.places, place)
			p.ended = !begins
			if whole && (p.gap == 0 || len(p.places) > 2) {
				return stringOf(p.verb)
			}
			return ""
		}
		p.verb = p.verb[:length]
	}
	if !alone || p.gap == mostBetween || traits&traitPhrasal != 0 {
		p.open(place, stem, traits)
	} else {
		p.gap++
	}
	return ""
}

// phrasalTraits are those of a form that tell where a verb of several words can stand.
func phrasalTraits(form, stem string) (t traits) {
	if aside[form] {
		t |= traitAside
	}
	if stopWords[form] {
		t |= traitStop
	}
	if _, begins := english.Verb(stem); begins {
		t |= traitPhrasal
	}
	return t
}

// aside are the small words that may stand in the middle of any such verb: "removed from her role", "put it off".
var aside = set(`a an the own my your his her its our their it him them me us you`)

// surely is the weight of a relation from which on a verb of several words means what one that the stories lack does.
const surely = .9

// sayInWords takes a verb that the stories lack for one of several words by which they say the same; false where they do
// not.
func (a *analyst) sayInWords(t *Term) bool {
	for stem, weight := range english.Related(t.stem) {
		if weight < surely || !strings.Contains(stem, " ") {
			continue
		}
		if term, ok := a.vocabulary.findTerm(stem); ok {
			t.known, t.spelledOut, t.term, t.stem = true, true, term, stem
			return true
		}
	}
	return false
}

// relatePhrasal lets what a verb of several words relates to stand for its words: "hire" for "brought on
// board". Terms are by place in the question's tokens, -1 for none.
func (a *analyst) relatePhrasal(terms []int) {
	var p phrasal
	for i, k := range a.tokens {
		stem := stemOf(k.form)
		verb := p.next(i, stem, phrasalTraits(k.form, stem), k.flags)
		if verb == "" {
			continue
		}
		for stem, weight := range english.Related(verb) {
			term, ok := a.vocabulary.findTerm(stem)
			if !ok {
				continue
			}
			for _, place := range p.places {
				if n := terms[place]; n >= 0 {
					a.Terms[n].mayBe(relative{stem: stem, term: term, related: weight})
				}
			}
		}
	}
}
