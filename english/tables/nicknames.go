package main

import (
	"slices"
	"strings"
)

// nicknamesOf finds the given names that are forms of one another ("Bill", "William") among the people whom WordNet
// knows by several names of one surname: sorted, each as the two names with a space between, the first in the alphabet
// first.
func (wn *wordNet) nicknamesOf(l *lists) []string {
	var pairs []string
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
				if given(a[0]) && given(b[0]) && alike(a[0], b[0]) {
					pairs = append(pairs, a[0]+" "+b[0])
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
