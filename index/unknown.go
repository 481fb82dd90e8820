package index

import (
	"cmp"
	"fmt"
	"slices"

	"verbatim/corpus"
)

// Unknown are the words of a question that say something and occur nowhere in the stories, the
// most telling first. Of several indexes, what all of them lack is what the stories together do.
func (x *Index) Unknown(q corpus.Question) (words []string) {
	done, open := x.life.begin()
	if !open {
		return nil
	}
	defer done()
	terms := slices.Clone(x.texts.analyse(q).Terms)
	slices.SortStableFunc(terms, func(a, b Term) int {
		if a.Name != b.Name {
			return map[bool]int{true: -1, false: 1}[a.Name]
		}
		return cmp.Compare(b.Rarity, a.Rarity)
	})
	for _, t := range terms {
		if !t.known && (t.Rarity >= telling || t.Name) {
			words = append(words, t.Written)
		}
	}
	return words
}

// OccursNowhere is the reason to be silent about a word that the stories lack.
func OccursNowhere(word string) string { return fmt.Sprintf("“%s” occurs nowhere in it.", word) }
