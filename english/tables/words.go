package main

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// noNames are forms of the census that a text seldom means as names, and that WordNet does not give away: it leaves out
// words without meaning of their own.
var noNames = strings.Fields(`an and so the they you your my me mine our his her shall than that this for from with to via
	le de la los las el da du van von mac san al oh um ha hey else been began christmas english french german irish greek`)

const (
	// givenBeforeWord is how far down the two lists together a given name may stand that is also an ordinary word or a
	// place: "mark", "grace" and "virginia" are names first, "will" no more.
	givenBeforeWord = 400
	// surnames is how many count: the first 30 000 of 88 799. The others would take 600 kB and are hardly ever met.
	surnames = 30000
)

// names holds the flags of words: 1 a given name, 2 a surname.
type names map[string]byte

func namesOf(wn *wordNet, l *lists, rare map[string]float64) names {
	flags := names{}
	mark := func(list []string, before int, flag byte) {
		for i, name := range list {
			if isWord(name) && !slices.Contains(noNames, name) && (i < before || !wn.isOrdinary(name)) {
				flags[name] |= flag
			}
		}
	}
	mark(l.given, givenBeforeWord, 1)
	mark(l.sur[:surnames], 0, 2)
	return flags
}

// isOrdinary says whether a form is an ordinary word or its plural, or a place or a time before all.
func (wn *wordNet) isOrdinary(form string) bool {
	if senses := wn.senses[form]['n']; len(senses) > 0 {
		if file := wn.synsets[senses[0]].file; file == 15 || file == 28 {
			return true
		}
	}
	return wn.lower[form] || wn.lower[strings.TrimSuffix(form, "s")]
}

// wordSections: the words, and for each its rarity in twentieths of a nat, its flags and its first two senses.
func wordSections(wn *wordNet, nouns []string, rare map[string]float64, flags names, ir irregular) [][]byte {
	all := map[string]bool{}
	for _, words := range [][]string{slices.Collect(maps.Keys(rare)), slices.Collect(maps.Keys(flags)), nouns} {
		for _, w := range words {
			all[w] = true
		}
	}
	words := slices.Sorted(maps.Keys(all))
	number := wn.preorder(nouns)
	var rarity, flag, senses []byte
	for _, w := range words {
		r, ok := rare[w]
		if !ok {
			r = maxRarity
		}
		rarity = append(rarity, byte(math.Round(r*20)))
		flag = append(flag, flags[w])
		first, second := 0, 0
		for i, id := range wn.nounSenses(w, ir) {
			if i == 0 {
				first = number[id].low
			} else {
				second = number[id].low
			}
		}
		senses = uint16(uint16(senses, first), second)
	}
	text, at := keys(words)
	return [][]byte{text, at, rarity, flag, senses}
}

// nounSenses gives the first two noun senses of a word; those of its lemma for an irregular plural.
func (wn *wordNet) nounSenses(word string, ir irregular) []string {
	if lemma, ok := ir.plurals[word]; ok && len(wn.senses[lemma]['n']) > 0 {
		word = lemma
	}
	senses := wn.senses[word]['n']
	return senses[:min(2, len(senses))]
}
