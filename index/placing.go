package index

import (
	"math/bits"
)

// placeFeatures are those that ask where in the sentence things stand.
func (s *scorer) placeFeatures(c *candidate) {
	from, to := s.wordsOf(c.sentence)
	s.matches, s.fitting = s.matches[:0], s.fitting[:0]
	for i := from; i < to; i++ {
		if m := s.marks[s.vocabulary.forms[s.words[i]].term]; m != 0 && s.slots[m].term >= 0 && s.flags[i]&flagCompound == 0 {
			s.matches = append(s.matches, match{i, s.slots[m].term})
		}
	}
	for held := c.carried; held != 0; held &= held - 1 {
		s.matches = append(s.matches, match{from + int(s.texts.referents[c.sentence].at), int8(bits.TrailingZeros32(held))})
	}
	s.newWords(c, from, to)
	f, whole := &c.features, s.q.idf+1e-9
	for _, m := range s.matches {
		f[Density] = max(f[Density], s.around(m.at, 6)/whole)
	}
	f[Pairs] = s.pairs()
	f[Contiguous], f[Order] = s.sequence(from, to)
	f[Phrases] = s.phrases(from, to)
	f[Defines] = one(s.defines(to))
	for _, at := range s.fitting {
		f[FittingDense] = max(f[FittingDense], s.around(at, 8)/whole)
		for _, m := range s.matches {
			if m.at != at {
				f[FittingNear] = max(f[FittingNear], 1/float32(abs(m.at-at)))
			}
		}
	}
	f[Fitting] = float32(min(5, len(s.fitting)))
	f[FittingUnit] = one(s.unitStands(from, to))
}

// around is the idf of the different terms within so many words of a place.
func (s *scorer) around(at, distance int) (sum float32) {
	seen := uint32(0)
	for _, m := range s.matches {
		if abs(m.at-at) <= distance {
			seen |= 1 << m.term
		}
	}
	for ; seen != 0; seen &= seen - 1 {
		sum += s.q.Terms[bits.TrailingZeros32(seen)].idf
	}
	return sum
}

// pairs is the idf share of the question's neighbours that stand near each other here too:
// whole when adjacent in order, less with distance. The steps are the study's.
func (s *scorer) pairs() float32 {
	var got, all float32 = 0, 1e-9
	for _, p := range s.q.bigrams {
		w := s.q.Terms[p[0]].idf + s.q.Terms[p[1]].idf
		all += w
		var best float32
		for _, a := range s.matches {
			if a.term != p[0] {
				continue
			}
			for _, b := range s.matches {
				if b.term == p[1] {
					best = max(best, nearness(b.at-a.at))
				}
			}
		}
		got += best * w
	}
	return got / all
}

func nearness(distance int) float32 {
	switch d := abs(distance); {
	case distance == 1:
		return 1
	case distance > 0 && d <= 3:
		return .7
	case d <= 5:
		return .4
	case d <= 10:
		return .15
	}
	return 0
}

// sequence returns the longest run of the question's words that the sentence has, and the
// longest subsequence, both by the question's length.
func (s *scorer) sequence(from, to int) (run, order float32) {
	n := to - from
	s.row, s.lcs = zeros(s.row, n+1), zeros(s.lcs, n+1)
	longest := 0
	for _, w := range s.q.order {
		if w == noTerm {
			clear(s.row)
			continue
		}
		diagonalRun, diagonal := 0, 0
		for j := 1; j <= n; j++ {
			lastRun, last := s.row[j], s.lcs[j]
			is := s.vocabulary.forms[s.words[from+j-1]].term == w
			if !is && s.flags[from+j-1]&flagCompound != 0 { // as if it were not there
				s.row[j], s.lcs[j] = s.row[j-1], s.lcs[j-1]
				diagonalRun, diagonal = lastRun, last
				continue
			}
			if is {
				s.row[j] = diagonalRun + 1
				s.lcs[j] = diagonal + 1
				longest = max(longest, s.row[j])
			} else {
				s.row[j] = 0
				s.lcs[j] = max(last, s.lcs[j-1])
			}
			diagonalRun, diagonal = lastRun, last
		}
	}
	length := float32(len(s.q.order) + 1)
	return float32(longest) / length, float32(s.lcs[n]) / length
}

func zeros(s []int, n int) []int {
	if cap(s) < n {
		return make([]int, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// phrases is the share of the demanded phrases that stand in the sentence.
func (s *scorer) phrases(from, to int) float32 {
	if len(s.q.phrases) == 0 {
		return 0
	}
	found := 0
	for _, p := range s.q.phrases {
		for i := from; i+len(p) <= to; i++ {
			if s.stands(p, i, to) {
				found++
				break
			}
		}
	}
	return float32(found) / float32(len(s.q.phrases))
}

// stands reports whether the phrase stands at i, compounds not counting.
func (s *scorer) stands(phrase []termID, i, to int) bool {
	for _, want := range phrase {
		for i < to && s.flags[i]&flagCompound != 0 {
			i++
		}
		if i >= to || s.vocabulary.forms[s.words[i]].term != want {
			return false
		}
		i++
	}
	return true
}

// defines reports whether a term is followed by what explains it: "Lind, who …", "Lind, the
// harbour master", "a packet is a …".
func (s *scorer) defines(to int) bool {
	for _, m := range s.matches {
		next := m.at + 1
		if next >= to {
			continue
		}
		word := s.vocabulary.text(s.words[next])
		if s.flags[m.at]&flagComma != 0 && explains[word] {
			return true
		}
		if copulas[word] && next+1 < to && articles[s.vocabulary.text(s.words[next+1])] {
			return true
		}
	}
	return false
}

var (
	explains = set(`who which a an the or whose where`)
	copulas  = set(`is are was were means refers`)
	articles = set(`a an the one that to`)
)
