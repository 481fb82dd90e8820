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
	term  string
	boost float64
}

const (
	// mostPostings is how many places of terms are gone through to find passages: 5 ms of work. A
	// question of ten words has as many in some 50,000 passages.
	mostPostings = 100_000
	// refined is how many of the passages found so far are looked up in the terms that are left.
	refined = 1_000
)

// retrieve returns the best passages by the clauses, best first, at most so many; with a story's
// number, those of that story alone (-1 for all). The score is Bleve's TF-IDF: the sum over the
// clauses of the root of the term's frequency, by that of the field's length, times the square of
// its idf and the boost; times the share of the clauses that the passage meets.
//
// Clauses are taken one after the other, those that weigh most first, into sums by passage. When
// these have gone through mostPostings, the rest, which are the most frequent terms and add
// least, only count for the passages that lead.
func (p *postings) retrieve(ctx context.Context, clauses []clause, story, most int) ([]Hit, error) {
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
	left := mostPostings
	if story >= 0 {
		left = 0
		if err := t.startWith(p, story); err != nil {
			return nil, err
		}
	}
	for i, c := range cursors {
		if c.count <= left || i == 0 && story < 0 {
			left -= c.count
			err = t.addAll(c)
		} else {
			left = 0
			t.lead(story)
			err = t.addToLeading(c)
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
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
	touched []uint32 // passages with a sum, or those that lead, in order
	led     bool

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
	t.touched, t.led = t.touched[:0], false
}

// open opens a cursor for each clause; they come by what they weigh, most first.
func (t *tally) open(p *postings, clauses []clause) ([]*cursor, error) {
	for len(t.cursors) < len(clauses) {
		t.cursors = append(t.cursors, cursor{})
	}
	t.order = t.order[:0]
	for i, c := range clauses {
		k := &t.cursors[i]
		if err := t.openOne(p, k, c.field, c.term, true); err != nil {
			return nil, err
		}
		if k.count > 0 {
			k.weigh(c.boost, len(p.numbers))
			t.order = append(t.order, k)
		}
	}
	slices.SortStableFunc(t.order, func(a, b *cursor) int { return descending(a.weight, b.weight) })
	return t.order, nil
}

func (t *tally) openOne(p *postings, c *cursor, f field, term string, scored bool) (err error) {
	if t.terms[f] == nil {
		if t.terms[f], err = p.dictionaries(f); err != nil {
			return err
		}
	}
	return c.open(p, t.terms[f], term, scored)
}

// startWith makes the passages of a story those that lead.
func (t *tally) startWith(p *postings, story int) error {
	var c cursor
	if err := t.openOne(p, &c, fieldStory, storyID(story), false); err != nil {
		return err
	}
	for {
		ok, err := c.next()
		if err != nil || !ok {
			return err
		}
		t.touched = append(t.touched, c.at)
	}
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

// lead leaves only the best passages so far, once; those of a story all lead.
func (t *tally) lead(story int) {
	if t.led {
		return
	}
	t.led = true
	if story < 0 && len(t.touched) > refined {
		slices.SortFunc(t.touched, func(a, b uint32) int { return cmp.Or(descending(t.sums[a], t.sums[b]), cmp.Compare(a, b)) })
		for _, n := range t.touched[refined:] {
			t.sums[n], t.met[n] = 0, 0
		}
		t.touched = t.touched[:refined]
	}
	slices.Sort(t.touched)
}

// addToLeading counts a clause for the passages that lead.
func (t *tally) addToLeading(c *cursor) error {
	stands := false
	for _, n := range t.touched {
		if !stands || c.at < n {
			ok, err := c.advance(n)
			if err != nil || !ok {
				return err
			}
			stands = true
		}
		if c.at == n {
			t.add(c)
		}
	}
	return nil
}

// best returns the passages with the highest scores.
func (t *tally) best(numbers []uint32, clauses, most int) []Hit {
	best := make([]Hit, 0, most+1)
	for _, n := range t.touched {
		hit := Hit{int(numbers[n]), t.sums[n] * float32(t.met[n]) / float32(clauses)}
		if t.met[n] == 0 || len(best) == most && (hit.Score < best[most-1].Score || hit.before(best[most-1]) > 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, hit, Hit.before)
		if best = slices.Insert(best, at, hit); len(best) > most {
			best = best[:most]
		}
	}
	return best
}
