package index

import "sync"

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

// passageView is a fetched passage, or a run of single sentences, seen by the question.
type passageView struct {
	last           int // the last of its passages, of which it has several only where these are single sentences
	first          int // its first candidate
	sentences      int // how many candidates it has
	length         float32
	held           uint32  // bits of the terms it holds
	exact          uint32  // of those it holds as they are spelt
	title, heading uint32  // bits of the terms that stand above it
	bm25, rarity   float32 // BM25 by the stories' idf, and by rarity
	meaning        float32 // rarity of the terms it holds, others counting as far as its words come near them
	pairs          float32 // the most of its candidates
	rank           int
	counts         [maxTerms]uint8
	holders        [maxTerms]uint8   // by term: how many of its sentences hold it
	related        [maxTerms]float32 // by term: how near the nearest relative comes
	similar        [maxTerms]float32
}

// all are the bits of the terms that the passage and what stands above it hold.
func (v *passageView) all() uint32 { return v.held | v.title | v.heading }

// candidate is a sentence of a fetched passage.
type candidate struct {
	sentence int
	passage  int
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

// longestRun is how many passages of one sentence each are read as one.
const longestRun = 12

// read counts the terms in the passages that were fetched and in their sentences. Passages of one
// sentence each that follow each other in a section, as in lists and transcripts, are one to the
// question: what stands around a sentence is then the lines before and after it.
func (s *scorer) read(hits []Hit) {
	for _, h := range hits {
		from, to := s.sentencesOf(h.Passage)
		if !s.continues(h.Passage) {
			s.scratch.passages = append(s.scratch.passages, passageView{first: len(s.candidates), title: s.bitsOf(s.titleOf(h.Passage)), heading: s.bitsOf(s.headingOf(h.Passage))})
		}
		number := len(s.scratch.passages) - 1
		view := &s.scratch.passages[number]
		view.last = h.Passage
		view.length += float32(s.texts.passages[h.Passage].length)
		for i := from; i < to; i++ {
			c := candidate{sentence: i, passage: h.Passage, view: number}
			s.count(&c)
			s.carry(&c)
			view.held |= c.held
			view.exact |= c.exact
			for t := range s.q.Terms {
				view.counts[t] += c.counts[t]
				view.holders[t] += uint8(c.held >> t & 1)
				view.related[t], view.similar[t] = max(view.related[t], c.related[t]), max(view.similar[t], c.similar[t])
			}
			view.sentences++
			s.candidates = append(s.candidates, c)
		}
	}
	for i := range s.scratch.passages {
		s.weighPassage(&s.scratch.passages[i])
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

// continues reports whether a passage goes on with the run of those read last.
func (s *scorer) continues(passage int) bool {
	if len(s.scratch.passages) == 0 {
		return false
	}
	v := &s.scratch.passages[len(s.scratch.passages)-1]
	a, b := s.texts.passages[v.last], s.texts.passages[passage]
	return a.story == b.story && a.section == b.section && v.sentences < longestRun && s.isLine(v.last) && s.isLine(passage)
}

// isLine reports whether a passage is a single sentence.
func (s *scorer) isLine(passage int) bool {
	from, to := s.sentencesOf(passage)
	return to == from+1
}

// isRun reports whether a view is a run of single sentences.
func (s *scorer) isRun(v *passageView) bool { return v.sentences > 1 && s.isLine(v.last) }

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
	for _, id := range s.referentOf(c.sentence) {
		if m := s.marks[s.vocabulary.forms[id].term]; m != 0 && s.slots[m].term >= 0 {
			c.carried |= 1 << s.slots[m].term
		}
	}
	c.carried &^= c.held
}

func (s *scorer) weighPassage(v *passageView) {
	held := v.all()
	for i := range s.q.Terms {
		t := &s.q.Terms[i]
		if n := v.counts[i]; n > 0 {
			v.bm25 += bm25(float32(n), v.length, s.passageLength, 1.2, .75, idf(s.passageCount(), int(s.vocabulary.counts[t.term].passages)))
			v.rarity += bm25(float32(n), v.length, s.passageLength, 1.2, .75, t.Rarity)
		}
		if held&(1<<i) != 0 {
			v.meaning += t.Rarity
		} else {
			v.meaning += t.Rarity * max(v.related[i], v.similar[i])
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

// neighbour is the sentence before or after a candidate in the same passage or run.
func (s *scorer) neighbour(i, step int) *candidate {
	if j := i + step; j >= 0 && j < len(s.candidates) && s.candidates[j].view == s.candidates[i].view && s.candidates[j].sentence == s.candidates[i].sentence+step {
		return &s.candidates[j]
	}
	return nil
}
