package main

import (
	"maps"
	"slices"
	"strings"
)

// interval is a synset's place in a preorder walk of the tree of hypernyms: its own number and its last descendant's.
type interval struct{ low, high int }

// preorder numbers the noun synsets from 1, each before all that lies below it. WordNet has several hypernyms for some
// nouns; the first alone counts. Synsets that no single word names, and nothing below them, get no number.
func (wn *wordNet) preorder(nouns []string) map[string]interval {
	children, used := map[string][]string{}, map[string]bool{}
	for _, noun := range nouns {
		for _, id := range wn.senses[noun]['n'][:min(2, len(wn.senses[noun]['n']))] {
			for ; id != "" && !used[id]; id = wn.hypernym(id) {
				used[id] = true
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		parent := wn.hypernym(id)
		children[parent] = append(children[parent], id)
	}
	numbers := map[string]interval{}
	next := 1
	var walk func(id string)
	walk = func(id string) {
		low := next
		next++
		for _, child := range children[id] {
			walk(child)
		}
		numbers[id] = interval{low, next - 1}
	}
	for _, root := range children[""] {
		walk(root)
	}
	return numbers
}

// WordNet has capitals below seats of government, so that Paris were no city. Here they are cities.
const (
	capital = "n08518505"
	city    = "n08524735"
)

// hypernym gives the first hypernym of a synset, or "" for the root.
func (wn *wordNet) hypernym(id string) string {
	if id == capital {
		return city
	}
	for _, p := range wn.synsets[id].pointers {
		if p.symbol == "@" || p.symbol == "@i" {
			return p.to
		}
	}
	return ""
}

// synsetSection holds 3 bytes for each number from 0: the last number below it and the coarse class.
func synsetSection(wn *wordNet, nouns []string) []byte {
	numbers := wn.preorder(nouns)
	ids := make([]string, len(numbers)+1)
	for id, n := range numbers {
		ids[n.low] = id
	}
	section := []byte{0, 0, 0}
	for _, id := range ids[1:] {
		section = append(uint16(section, numbers[id].high), coarse(wn.synsets[id]))
	}
	return section
}

// files are the names of WordNet's lexicographer files of nouns. The first, 03, holds the tops of the others' trees.
var files = strings.Fields(`tops act animal artifact attribute body cognition communication event feeling food group location
	motive object person phenomenon plant possession process quantity relation shape state substance time`)

// coarse gives the number of a noun's file, from 1 for act; a top's is that of the tree below it, or 0.
func coarse(s *synset) byte {
	if s.file > 3 {
		return byte(s.file - 3)
	}
	return byte(max(0, slices.Index(files, s.words[0])))
}
