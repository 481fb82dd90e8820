package index

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// scratch is the memory of one question, kept for the next.
type scratch struct {
	marks      []uint16 // by term: one more than its slot, 0 for a term of no interest
	slots      []slot
	passages   []passageView
	candidates []candidate
	matches    []match
	fitting    []int
	row, lcs   []int
}

type scratchPool struct{ sync.Pool }

func (p *scratchPool) get(terms int) *scratch {
	s, _ := p.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	if len(s.marks) < terms {
		s.marks = make([]uint16, terms)
	}
	s.slots = append(s.slots[:0], slot{})
	s.passages, s.candidates = s.passages[:0], s.candidates[:0]
	return s
}

// slot says what a term of the stories is to the question.
type slot struct {
	term  int8   // the question's term that it is, or -1
	asked bool   // stands in the question, be it as a small word
	links []link // the question's terms that it may stand for
	of    termID
}

type link struct {
	term             int8
	opposite         bool
	related, similar float32
}

// passageView is a fetched passage, seen by the question.
type passageView struct {
	passage        int
	held           uint32 // bits of the terms it holds
	title, heading uint32 // bits of the terms that stand above it
	bm25           float32
	rank           int
	counts         [maxTerms]uint8
}

// candidate is a sentence of a fetched passage.
type candidate struct {
	sentence int
	view     int    // of its passage, index into passages
	held     uint32 // bits of the terms it holds
	exact    uint32 // of those it holds as they are spelt
	carried  uint32 // bits of those that a name holds which a word in it stands for
	opposed  uint32 // bits of those of which it holds the opposite
	counts   [maxTerms]uint8
	related  [maxTerms]float32 // by term: how near the nearest relative comes
	similar  [maxTerms]float32

	bm25, short, blend float32
	rank               int
	features           Features
	score              float32
}

// match is a term of the question at a word of a sentence, by index into words.
type match struct {
	at   int
	term int8
}

// scorer computes the features of the candidates of one question.
type scorer struct {
	*texts
	*scratch
	q     *Query
	model *Model
}

// mark notes what each term of interest is to the question.
func (s *scorer) mark() {
	for i := range s.q.Terms {
		t := &s.q.Terms[i]
		if t.known {
			sl := s.slotOf(t.term)
			sl.term, sl.asked = int8(i), true
		}
		for _, r := range t.relatives {
			sl := s.slotOf(r.term)
			sl.links = append(sl.links, link{term: int8(i), related: r.related, similar: r.similar})
		}
		for _, o := range t.opposites {
			sl := s.slotOf(o)
			sl.links = append(sl.links, link{term: int8(i), opposite: true})
		}
	}
	for _, w := range s.q.order {
		if w != noTerm {
			s.slotOf(w).asked = true
		}
	}
}

func (s *scorer) slotOf(t termID) *slot {
	if s.marks[t] == 0 {
		s.slots = append(s.slots, slot{term: -1, of: t})
		s.marks[t] = uint16(len(s.slots) - 1)
	}
	return &s.slots[s.marks[t]]
}

// unmark leaves the marks clean for the next question.
func (s *scorer) unmark() {
	for _, sl := range s.slots[1:] {
		s.marks[sl.of] = 0
	}
}

// read counts the terms in the passages that were fetched and in their sentences.
func (s *scorer) read(hits []Hit) {
	for _, h := range hits {
		entry := s.texts.passages[h.Passage]
		view := passageView{passage: h.Passage, title: s.bitsOf(s.stories[entry.story].title), heading: s.bitsOf(s.headings[entry.heading])}
		from, to := s.sentencesOf(h.Passage)
		for i := from; i < to; i++ {
			c := candidate{sentence: i, view: len(s.scratch.passages)}
			s.count(&c)
			s.carry(&c)
			view.held |= c.held
			for t := range s.q.Terms {
				view.counts[t] += c.counts[t]
			}
			s.candidates = append(s.candidates, c)
		}
		s.weighPassage(&view, float32(entry.length))
		s.scratch.passages = append(s.scratch.passages, view)
	}
	s.rankPassages()
	for i := range s.candidates {
		s.weighSentence(&s.candidates[i])
	}
	for i := range s.candidates {
		s.candidates[i].blend = s.blend(i)
	}
	s.rankSentences()
}

func (s *scorer) bitsOf(terms []termID) (held uint32) {
	for _, t := range terms {
		if m := s.marks[t]; m != 0 && s.slots[m].term >= 0 {
			held |= 1 << s.slots[m].term
		}
	}
	return held
}

// count goes through the words of a sentence once.
func (s *scorer) count(c *candidate) {
	from, to := s.wordsOf(c.sentence)
	for _, id := range s.words[from:to] {
		m := s.marks[s.vocabulary.forms[id].term]
		if m == 0 {
			continue
		}
		sl := &s.slots[m]
		if sl.term >= 0 {
			c.held |= 1 << sl.term
			c.counts[sl.term]++
			if s.q.Terms[sl.term].form == id {
				c.exact |= 1 << sl.term
			}
		}
		for _, l := range sl.links {
			c.related[l.term] = max(c.related[l.term], l.related)
			c.similar[l.term] = max(c.similar[l.term], l.similar)
			if l.opposite {
				c.opposed |= 1 << l.term
			}
		}
	}
}

// carry notes the terms of the name that a word of the sentence stands for.
func (s *scorer) carry(c *candidate) {
	r := s.texts.sentences[c.sentence].referent
	for _, id := range s.words[r.name : r.name+uint32(r.length)] {
		if m := s.marks[s.vocabulary.forms[id].term]; m != 0 && s.slots[m].term >= 0 {
			c.carried |= 1 << s.slots[m].term
		}
	}
	c.carried &^= c.held
}

func (s *scorer) weighPassage(v *passageView, length float32) {
	for i := range s.q.Terms {
		if n := v.counts[i]; n > 0 {
			w := idf(s.passageCount(), int(s.vocabulary.counts[s.q.Terms[i].term].passages))
			v.bm25 += bm25(float32(n), length, s.passageLength, 1.2, .75, w)
		}
	}
}

func (s *scorer) weighSentence(c *candidate) {
	length := float32(s.texts.sentences[c.sentence].length)
	for i := range s.q.Terms {
		if n := float32(c.counts[i]); n > 0 {
			c.bm25 += bm25(n, length, s.sentenceLength, 1.2, .75, s.q.Terms[i].idf)
			c.short += bm25(n, length, s.sentenceLength, .5, .4, s.q.Terms[i].idf)
		}
	}
}

// bm25 is one term's part of Okapi BM25 (Robertson et al. 1994).
func bm25(count, length, average, k1, b, idf float32) float32 {
	return idf * count * (k1 + 1) / (count + k1*(1-b+b*length/average))
}

// blend is a first score, which the candidates are pruned by: the sentence, a quarter of its
// passage, and a little of its neighbours. The shares are the study's.
func (s *scorer) blend(i int) float32 {
	c := &s.candidates[i]
	sum := c.short + .25*s.scratch.passages[c.view].bm25
	if before := s.neighbour(i, -1); before != nil {
		sum += .15 * before.short
	}
	if after := s.neighbour(i, +1); after != nil {
		sum += .1 * after.short
	}
	for t := range s.q.Terms {
		if c.held&(1<<t) == 0 {
			sum += .5 * c.related[t] * s.q.Terms[t].idf
		}
	}
	return sum
}

// neighbour is the sentence before or after a candidate in the same passage.
func (s *scorer) neighbour(i, step int) *candidate {
	if j := i + step; j >= 0 && j < len(s.candidates) && s.candidates[j].view == s.candidates[i].view {
		return &s.candidates[j]
	}
	return nil
}

func (s *scorer) rankPassages() {
	order := make([]int, len(s.scratch.passages))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return descending(s.scratch.passages[a].bm25, s.scratch.passages[b].bm25) })
	for rank, i := range order {
		s.scratch.passages[i].rank = rank
	}
}

func (s *scorer) rankSentences() {
	order := make([]int, len(s.candidates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return descending(s.candidates[a].bm25, s.candidates[b].bm25) })
	for rank, i := range order {
		s.candidates[i].rank = rank
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
	order := make([]int, len(s.candidates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return descending(s.candidates[a].blend, s.candidates[b].blend) })
	return order[:min(considered, len(order))]
}

// measure computes the features of the candidates considered.
func (s *scorer) measure(order []int) {
	var best, bestPassage float32 = 1e-9, 1e-9
	for i := range s.candidates {
		best = max(best, s.candidates[i].bm25)
	}
	for i := range s.scratch.passages {
		bestPassage = max(bestPassage, s.scratch.passages[i].bm25)
	}
	for _, i := range order {
		c := &s.candidates[i]
		c.features = Features{}
		s.termFeatures(i)
		s.placeFeatures(c)
		f, v := &c.features, &s.scratch.passages[c.view]
		f[BM25Relative], f[PassageRelative] = c.bm25/best, v.bm25/bestPassage
		f[RankSentence], f[RankPassage] = log1p(c.rank), log1p(v.rank)
	}
}

// termFeatures are those that ask which terms the sentence and its surroundings hold.
func (s *scorer) termFeatures(i int) {
	c, q := &s.candidates[i], s.q
	f, v := &c.features, &s.scratch.passages[c.view]
	length := float32(s.texts.sentences[c.sentence].length)
	before, after := uint32(0), uint32(0)
	if n := s.neighbour(i, -1); n != nil {
		before = n.held
	}
	if n := s.neighbour(i, +1); n != nil {
		after = n.held
	}
	refers := s.texts.sentences[c.sentence].refers
	var sums struct{ names, namesHeld, numbers, numbersHeld float32 }
	for t := range q.Terms {
		k := &q.Terms[t]
		bit, w := uint32(1)<<t, k.idf
		held := c.held&bit != 0
		if held {
			f[Coverage] += w
			f[CoverageRarity] += k.Rarity
			f[CoverageCount]++
			f[BM25Rarity] += bm25(float32(c.counts[t]), length, s.sentenceLength, 1.2, .75, k.Rarity)
		} else {
			f[LargestMiss] = max(f[LargestMiss], w)
			f[GainMeaning] += w * c.related[t]
			f[GainLetters] += w * c.similar[t]
			if c.carried&bit != 0 {
				f[GainReferent] += w
			}
			if before&bit != 0 {
				f[GainBefore] += w
			}
			if refers && before&bit != 0 {
				f[GainPronoun] += w
			}
			if v.title&bit != 0 {
				f[GainTitle] += w
			}
			if v.heading&bit != 0 {
				f[GainHeading] += w
			}
		}
		if c.exact&bit != 0 {
			f[BM25Exact] += bm25(1, length, s.sentenceLength, 1.2, .75, idf(s.sentenceCount(), int(s.vocabulary.forms[k.form].uses.sentences)))
		}
		if before&bit != 0 {
			f[CoverageBefore] += w
		}
		if after&bit != 0 {
			f[CoverageAfter] += w
		}
		if (c.held|before|v.title)&bit != 0 {
			f[CoverageContext] += w
		}
		if (v.held|v.title)&bit != 0 {
			f[CoveragePassage] += w
		}
		switch {
		case k.Number:
			sums.numbers += w
			if held {
				sums.numbersHeld += w
			}
		case k.Name:
			sums.names += w
			if held {
				sums.namesHeld += w
			}
		default:
			continue
		}
		if !held {
			f[NameMissing] = max(f[NameMissing], w)
		}
		if !k.known {
			f[NameUnknown] = max(f[NameUnknown], k.Rarity)
		}
	}
	whole := q.idf + 1e-9
	for _, x := range []Feature{Coverage, CoverageBefore, CoverageAfter, CoverageContext, CoveragePassage, GainMeaning, GainLetters, GainReferent, GainBefore, GainPronoun, GainTitle, GainHeading} {
		f[x] /= whole
	}
	f[CoverageRarity] /= q.rarity + 1e-9
	f[CoverageCount] /= float32(max(1, len(q.Terms)))
	f[CoverageSquared] = f[Coverage] * f[Coverage]
	f[CoverageReferent] = f[Coverage] + f[GainReferent]
	f[CoverageTitle] = f[Coverage] + f[GainTitle]
	f[CoverageMeaning] = min(1, f[Coverage]+f[GainMeaning])
	f[NamesCovered], f[NumbersCovered] = share(sums.namesHeld, sums.names), share(sums.numbersHeld, sums.numbers)
	f[BM25], f[BM25Short], f[PassageBM25], f[Blend] = c.bm25, c.short, v.bm25, c.blend
	f[Length] = log1p(int(length))
	f[Refers] = one(refers)
	s.rareFeatures(c)
}

// share is -1 where there is nothing to share.
func share(part, whole float32) float32 {
	if whole == 0 {
		return -1
	}
	return part / whole
}

// rareFeatures look at single terms: the first, the last, and the two rarest.
func (s *scorer) rareFeatures(c *candidate) {
	f, terms := &c.features, s.q.Terms
	if len(terms) == 0 {
		return
	}
	first, second := -1, -1
	for i := range terms {
		switch {
		case first < 0 || terms[i].Rarity > terms[first].Rarity:
			first, second = i, first
		case second < 0 || terms[i].Rarity > terms[second].Rarity:
			second = i
		}
	}
	holds := func(i int) float32 { return one(i >= 0 && c.held&(1<<i) != 0) }
	f[FirstTerm], f[LastTerm] = holds(0), holds(len(terms)-1)
	f[RarestTerm], f[SecondRarest] = holds(first), holds(second)
}

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
		s.matches = append(s.matches, match{from + int(s.texts.sentences[c.sentence].referent.at), int8(bits.TrailingZeros32(held))})
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

// newWords finds what the sentence has that the question lacks, and what of it fits the
// kind of answer that is wanted.
func (s *scorer) newWords(c *candidate, from, to int) {
	f := &c.features
	var names, numbers, dates, kinds int
	for i := from; i < to; i++ {
		w := &s.vocabulary.forms[s.words[i]]
		m := s.marks[w.term]
		if m != 0 && s.slots[m].asked {
			if s.q.focus == w.term && s.q.focus != noTerm {
				f[Focus] = 1
			}
			if w.traits&(traitReason|traitManner|traitPlace) == 0 {
				continue
			}
		}
		asked := m != 0 && s.slots[m].asked
		name := !asked && s.isName(i, w, to)
		number := !asked && (w.traits&traitNumber != 0 || s.flags[i]&flagNumber != 0)
		date := !asked && w.traits&traitDate != 0
		kind := !asked && s.q.hasClass && w.traits&traitStop == 0 && (s.q.class.Holds(w.senses[0]) || s.q.class.Holds(w.senses[1]))
		names, numbers, dates, kinds = names+count(name), numbers+count(number), dates+count(date), kinds+count(kind)
		if s.fits(i, from, w, name, number, date, kind) {
			s.fitting = append(s.fitting, i)
		}
	}
	f[NewNames], f[NewNumbers], f[NewDates] = float32(min(6, names)), float32(min(6, numbers)), float32(min(3, dates))
	f[FocusKind] = one(kinds > 0)
	f[Fits] = one(len(s.fitting) > 0)
	if s.q.Wants == Open {
		f[Fits] = -1
		if kinds > 0 {
			f[Fits] = 1
		} else {
			s.anythingFits(from, to)
		}
	}
	f[FitsCovered] = f[Fits] * f[Coverage]
}

// anythingFits takes new names and numbers for the answer where no kind is wanted.
func (s *scorer) anythingFits(from, to int) {
	for i := from; i < to; i++ {
		w := &s.vocabulary.forms[s.words[i]]
		if m := s.marks[w.term]; m != 0 && s.slots[m].asked {
			continue
		}
		if s.isName(i, w, to) || w.traits&traitNumber != 0 || s.flags[i]&flagNumber != 0 {
			s.fitting = append(s.fitting, i)
		}
	}
}

// isName takes a capitalised word for a name, also at the beginning of a sentence where
// another capital follows or where the stories capitalise it elsewhere.
func (s *scorer) isName(i int, w *form, to int) bool {
	if s.flags[i]&flagCapital == 0 || w.traits&traitStop != 0 || s.flags[i]&flagCompound != 0 {
		return false
	}
	return s.flags[i]&flagFirst == 0 || i+1 < to && s.flags[i+1]&flagCapital != 0 || w.isName()
}

// fits reports whether the word at i may be what is wanted.
func (s *scorer) fits(i, from int, w *form, name, number, date, kind bool) bool {
	switch s.q.Wants {
	case Person:
		return name
	case Time:
		return date
	case Amount:
		return number && w.traits&traitYear == 0 && (!s.q.sum || s.nearMoney(i, from))
	case Place:
		return (name || w.traits&traitLocation != 0) && s.afterPlaceWord(i, from)
	case Reason:
		return w.traits&traitReason != 0
	case Manner:
		return w.traits&traitManner != 0
	}
	return kind
}

// unitStands reports whether one of the fitting numbers has the wanted unit within three words:
// the noun of "how many", money for "how much", "old" for "how old" and the like.
func (s *scorer) unitStands(from, to int) bool {
	if s.q.Wants != Amount {
		return false
	}
	for _, at := range s.fitting {
		for i := max(from, at-3); i < min(to, at+4); i++ {
			if i != at && s.isUnit(&s.vocabulary.forms[s.words[i]]) {
				return true
			}
		}
	}
	return false
}

func (s *scorer) isUnit(w *form) bool {
	switch s.q.measure {
	case "many":
		return w.term == s.q.focus && s.q.focus != noTerm || s.q.hasClass && (s.q.class.Holds(w.senses[0]) || s.q.class.Holds(w.senses[1]))
	case "much":
		return w.traits&traitMoney != 0 || w.term == s.q.focus && s.q.focus != noTerm
	case "old":
		return w.text == "old" || w.text == "age" || w.text == "aged"
	case "long", "often", "fast":
		return w.traits&(traitDate|traitMeasure) != 0
	}
	return w.traits&traitMeasure != 0
}

// nearMoney reports whether the number at i is a sum: "$14.3 billion", "20 dollars".
func (s *scorer) nearMoney(i, from int) bool {
	for j := max(from, i-2); j < min(len(s.words), i+4); j++ {
		if s.vocabulary.forms[s.words[j]].traits&traitMoney != 0 {
			return true
		}
	}
	return false
}

func (s *scorer) afterPlaceWord(i, from int) bool {
	for j := max(from, i-3); j < i; j++ {
		if s.vocabulary.forms[s.words[j]].traits&traitPlace != 0 {
			return true
		}
	}
	return false
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
			if s.vocabulary.forms[s.words[from+j-1]].term == w {
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
		word := s.vocabulary.forms[s.words[next]].text
		if s.flags[m.at]&flagComma != 0 && explains[word] {
			return true
		}
		if copulas[word] && next+1 < to && articles[s.vocabulary.forms[s.words[next+1]].text] {
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

func one(b bool) float32 { return float32(count(b)) }

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func abs(i int) int { return max(i, -i) }

func log1p(n int) float32 { return float32(math.Log1p(float64(n))) }
