package index

import (
	"math"
	"slices"
)

func (s *scorer) rankPassages() {
	for rank, i := range ordered(len(s.scratch.passages), func(i int) float32 { return s.scratch.passages[i].bm25 }) {
		s.scratch.passages[i].rank = rank
	}
}

func (s *scorer) rankSentences() {
	for rank, i := range ordered(len(s.candidates), func(i int) float32 { return s.candidates[i].bm25 }) {
		s.candidates[i].rank = rank
	}
}

// ordered lists n things by their values, the highest first, where equal as they are numbered. A
// value and its number are sorted as one integer: to compare candidates took a tenth of a question.
func ordered(n int, value func(i int) float32) []int {
	keys := make([]uint64, n)
	for i := range keys {
		keys[i] = uint64(^rising(value(i)))<<32 | uint64(i)
	}
	slices.Sort(keys)
	order := make([]int, n)
	for k, key := range keys {
		order[k] = int(uint32(key))
	}
	return order
}

// rising is an integer that is greater where a value is.
func rising(value float32) uint32 {
	if b := math.Float32bits(value + 0); b>>31 == 0 { // + 0, since there is a zero below zero
		return b | 1<<31
	} else {
		return ^b
	}
}

func descending(a, b float32) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// considered is how many sentences get all features, best first by blend.
const considered = 40

// consider returns the candidates to score, by index.
func (s *scorer) consider() []int {
	order := ordered(len(s.candidates), func(i int) float32 { return s.candidates[i].blend })
	return order[:min(considered, len(order))]
}
