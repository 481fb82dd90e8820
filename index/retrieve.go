package index

import (
	"cmp"
	"context"
	"errors"
	"slices"
)

// Hit is a passage that was found, with a score that only orders.
type Hit struct {
	Passage int
	Score   float32
}

// before orders hits: where scores are equal, by the stories' order, so that what is found does
// not depend on how Bleve keeps the passages.
func (h Hit) before(other Hit) int {
	return cmp.Or(cmp.Compare(other.Score, h.Score), cmp.Compare(h.Passage, other.Passage))
}

// clause asks for the passages that hold a term in a field.
type clause struct {
	field
	id    termID
	term  string
	boost float64
}

const (
	// mostPostings is how many places of terms are gone through to find passages: 1 ms of work. The
	// questions of index/sizes have three times as many in 100,000 passages; 300 of 300 had the same
	// first quote with this bound as without.
	mostPostings = 30_000
	// leading is how many of the passages found by then are scored by all clauses.
	leading = 400
)

// retrieve returns the best passages by the clauses, best first, at most so many; with a story's
// number, those of that story alone (-1 for all). The score is Bleve's TF-IDF: the sum over the
// clauses of the root of the term's frequency, by that of the field's length, times the square of
// its idf and the boost; times the share of the clauses that the passage meets.
//
// Clauses are taken one after the other, those that weigh most first, into sums by passage. When
// these have gone through mostPostings, the rest, which are the most frequent terms and add
// least, find no more passages: those that lead are read and scored by all clauses.
func (x *Index) retrieve(ctx context.Context, clauses []clause, story, most int) ([]Hit, error) {
	p := x.postings
	if p.reader == nil {
		return nil, nil
	}
	t := p.newTally()
	defer p.tallies.Put(t)
	defer t.clear()
	cursors, err := t.open(p, clauses)
	if err != nil {
		return nil, err
	}
	if story >= 0 {
		from, to := x.texts.stories[story].passage, x.texts.stories[story+1].passage
		for passage := from; passage < to; passage++ {
			t.passages = append(t.passages, passage)
		}
		return x.texts.rescore(t, len(clauses), most), ctx.Err()
	}
	left := mostPostings
	for i, c := range cursors {
		if left -= c.count; left < 0 && i > 0 {
			t.lead(p.numbers)
			return x.texts.rescore(t, len(clauses), most), ctx.Err()
		}
		if err := errors.Join(t.addAll(c), ctx.Err()); err != nil {
			return nil, err
		}
	}
	return t.best(p.numbers, len(clauses), most), nil
}

// tally is the scores of passages while they are summed up, by Bleve's numbers. Its memory is used
// again by the next question.
type tally struct {
	sums    []float32
	met     []uint8  // clauses
	touched []uint32 // passages with a sum

	passages []uint32 // that are read, by our numbers
	marks    []uint8  // by term: one more than its place in shares, 0 for a term of no clause
	shares   []termShare

	terms   [numFields]dictionaries
	cursors []cursor
	order   []*cursor
}

func (p *postings) newTally() *tally {
	if t, ok := p.tallies.Get().(*tally); ok {
		return t
	}
	return &tally{sums: make([]float32, len(p.numbers)), met: make([]uint8, len(p.numbers))}
}

func (t *tally) clear() {
	for _, n := range t.touched {
		t.sums[n], t.met[n] = 0, 0
	}
	t.touched, t.passages = t.touched[:0], t.passages[:0]
}

// open opens a cursor for each clause; they come by what they weigh, most first.
func (t *tally) open(p *postings, clauses []clause) ([]*cursor, error) {
	for len(t.cursors) < len(clauses) {
		t.cursors = append(t.cursors, cursor{})
	}
	t.order = t.order[:0]
	for i, c := range clauses {
		k := &t.cursors[i]
		if t.terms[c.field] == nil {
			terms, err := p.dictionaries(c.field)
			if err != nil {
				return nil, err
			}
			t.terms[c.field] = terms
		}
		if err := k.open(p, t.terms[c.field], c.term); err != nil {
			return nil, err
		}
		k.field, k.id = c.field, c.id
		if k.count > 0 {
			k.weigh(c.boost, len(p.numbers))
			t.order = append(t.order, k)
		}
	}
	slices.SortStableFunc(t.order, func(a, b *cursor) int { return descending(a.weight, b.weight) })
	return t.order, nil
}

// add counts the passage where a cursor stands.
func (t *tally) add(c *cursor) {
	t.sums[c.at] += c.weight * c.impact
	t.met[c.at]++
}

func (t *tally) addAll(c *cursor) error {
	for {
		ok, err := c.next()
		if err != nil || !ok {
			return err
		}
		if t.met[c.at] == 0 {
			t.touched = append(t.touched, c.at)
		}
		t.add(c)
	}
}

// lead takes the passages that have the highest sums so far.
func (t *tally) lead(numbers []uint32) {
	best := newBest(leading)
	for _, n := range t.touched {
		best.offer(Hit{int(numbers[n]), t.sums[n]})
	}
	for _, h := range best.hits {
		t.passages = append(t.passages, uint32(h.Passage))
	}
}

// best returns the passages with the highest scores.
func (t *tally) best(numbers []uint32, clauses, most int) []Hit {
	best := newBest(most)
	for _, n := range t.touched {
		best.offer(Hit{int(numbers[n]), t.sums[n] * float32(t.met[n]) / float32(clauses)})
	}
	return best.hits
}

// best keeps the best hits, in order.
type best struct {
	hits []Hit
	most int
}

func newBest(most int) *best { return &best{make([]Hit, 0, most+1), most} }

func (b *best) offer(h Hit) {
	if len(b.hits) == b.most && (h.Score < b.hits[b.most-1].Score || h.before(b.hits[b.most-1]) > 0) {
		return
	}
	at, _ := slices.BinarySearchFunc(b.hits, h, Hit.before)
	if b.hits = slices.Insert(b.hits, at, h); len(b.hits) > b.most {
		b.hits = b.hits[:b.most]
	}
}
