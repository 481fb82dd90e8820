package index

import (
	"cmp"
	"context"
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

// window is how many passages are summed up at a time: their sums fit where the processor has them
// at hand, which those of a million do not.
const window = 1 << 15

// retrieve returns the best passages by the clauses, best first, at most so many; with a story's
// number, those of that story alone (-1 for all). The score is Bleve's TF-IDF: the sum over the
// clauses of the root of the term's frequency, by that of the field's length, times the square of
// its idf and the boost; times the share of the clauses that the passage meets.
//
// The clauses that weigh most are summed up by passage, as many as have mostPostings. The rest,
// which are the most frequent terms and add least, find no more passages: those that lead are read
// and scored by all clauses.
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
	if n := bounded(cursors); n < len(cursors) {
		lead := newBest(leading, p.numbers)
		err := t.sum(ctx, cursors[:n], len(p.numbers), func(n uint32, sum float32, _ uint8) { lead.offer(n, sum) })
		for _, h := range lead.hits {
			t.passages = append(t.passages, uint32(h.Passage))
		}
		return x.texts.rescore(t, len(clauses), most), err
	}
	best := newBest(most, p.numbers)
	err = t.sum(ctx, cursors, len(p.numbers), func(n uint32, sum float32, met uint8) {
		best.offer(n, sum*float32(met)/float32(len(clauses)))
	})
	return best.hits, err
}

// bounded is how many of the first cursors have mostPostings together; one at least.
func bounded(cursors []*cursor) int {
	left := mostPostings
	for i, c := range cursors {
		if left -= c.count; left < 0 && i > 0 {
			return i
		}
	}
	return len(cursors)
}

// tally is the scores of passages while they are summed up. Its memory is used again by the next
// question.
type tally struct {
	sums    []float32 // of the passages of a window
	met     []uint8   // clauses
	touched []uint32  // places of those with a sum

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
	n := min(window, len(p.numbers))
	return &tally{sums: make([]float32, n), met: make([]uint8, n)}
}

func (t *tally) clear() {
	for _, i := range t.touched {
		t.sums[i], t.met[i] = 0, 0
	}
	t.touched, t.passages = t.touched[:0], t.passages[:0]
}

// sum hands over each passage that some of the cursors meet, by Bleve's number, with what they add
// up to and how many they are.
func (t *tally) sum(ctx context.Context, cursors []*cursor, passages int, use func(n uint32, sum float32, met uint8)) error {
	for _, c := range cursors {
		if err := c.next(); err != nil {
			return err
		}
	}
	for from := 0; from < passages; from += window {
		for _, c := range cursors {
			if err := t.add(c, uint32(from), uint32(min(from+window, passages))); err != nil {
				return err
			}
		}
		for _, i := range t.touched {
			use(uint32(from)+i, t.sums[i], t.met[i])
			t.sums[i], t.met[i] = 0, 0
		}
		t.touched = t.touched[:0]
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// add counts the passages of a window that a cursor meets.
func (t *tally) add(c *cursor, from, to uint32) error {
	for c.at < to {
		i := c.at - from
		if t.met[i] == 0 {
			t.touched = append(t.touched, i)
		}
		t.sums[i] += c.weight * c.impact
		t.met[i]++
		if err := c.next(); err != nil {
			return err
		}
	}
	return nil
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

// best keeps the best hits, in order.
type best struct {
	hits    []Hit
	most    int
	numbers []uint32 // by Bleve's number: the passage
}

func newBest(most int, numbers []uint32) *best {
	return &best{make([]Hit, 0, most+1), most, numbers}
}

// offer takes a passage by Bleve's number.
func (b *best) offer(n uint32, score float32) {
	if len(b.hits) < b.most || score >= b.hits[b.most-1].Score {
		b.take(Hit{int(b.numbers[n]), score})
	}
}

func (b *best) take(h Hit) {
	at, _ := slices.BinarySearchFunc(b.hits, h, Hit.before)
	if at == b.most {
		return
	}
	if b.hits = slices.Insert(b.hits, at, h); len(b.hits) > b.most {
		b.hits = b.hits[:b.most]
	}
}
