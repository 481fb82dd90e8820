package index

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	api "github.com/blevesearch/bleve_index_api"
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
	field, term string
	boost       float64
}

const (
	// mostPostings is how many places of terms are gone through to find passages. What a question
	// has in a library of up to 20,000 passages is always less.
	mostPostings = 200_000
	// refined is how many of the passages found so far are looked up in the terms that are left.
	refined = 2_000
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
	s := p.newSums()
	defer p.sums.Put(s)
	defer s.clear()
	readers, err := p.readers(ctx, clauses)
	defer readers.close()
	if err != nil {
		return nil, err
	}
	left := mostPostings
	if story >= 0 {
		left = 0
		if err := p.startWith(ctx, s, story); err != nil {
			return nil, err
		}
	}
	for i, r := range readers {
		if n := r.count; n <= left || i == 0 && story < 0 {
			left -= n
			err = s.addAll(r)
		} else {
			left = 0
			s.lead(refined, story)
			err = s.addToLeading(r)
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
	}
	return p.best(s, len(clauses), most), nil
}

// startWith makes the passages of a story those that lead.
func (p *postings) startWith(ctx context.Context, s *sums, story int) error {
	r, err := p.reader.TermFieldReader(ctx, []byte(storyID(story)), fieldStory, false, false, false)
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		at, err := r.Next(&s.at)
		if err != nil || at == nil {
			return err
		}
		s.touched = append(s.touched, uint32(at.ID.Value()))
	}
}

// termReader goes through the passages of a clause.
type termReader struct {
	api.TermFieldReader
	count  int
	weight float32
}

type termReaders []termReader

func (r termReaders) close() {
	for _, t := range r {
		_ = t.Close() // it only gives its memory back
	}
}

// readers opens the clauses that some passage meets, those that weigh most first.
func (p *postings) readers(ctx context.Context, clauses []clause) (all termReaders, err error) {
	for _, c := range clauses {
		r, err := p.reader.TermFieldReader(ctx, []byte(c.term), c.field, true, true, false)
		if err != nil {
			return all, err
		}
		n := r.Count()
		idf := 1 + math.Log(float64(len(p.numbers))/float64(n+1))
		all = append(all, termReader{r, int(n), float32(c.boost * idf * idf)})
	}
	slices.SortStableFunc(all, func(a, b termReader) int { return descending(a.weight, b.weight) })
	return all, nil
}

// sums are the scores of the passages so far, by Bleve's number; kept for the next question.
type sums struct {
	scores  []float32
	met     []uint8  // clauses
	touched []uint32 // passages with a score, or those that lead, in order
	led     bool
	at      api.TermFieldDoc
	target  api.IndexInternalID
}

func (p *postings) newSums() *sums {
	if s, ok := p.sums.Get().(*sums); ok {
		return s
	}
	return &sums{scores: make([]float32, len(p.numbers)), met: make([]uint8, len(p.numbers))}
}

func (s *sums) clear() {
	for _, n := range s.touched {
		s.scores[n], s.met[n] = 0, 0
	}
	s.touched, s.led = s.touched[:0], false
}

// add counts where a reader stands.
func (s *sums) add(n uint32, r termReader) {
	s.scores[n] += r.weight * float32(math.Sqrt(float64(s.at.Freq))*s.at.Norm)
	s.met[n]++
}

func (s *sums) addAll(r termReader) error {
	for {
		at, err := r.Next(&s.at)
		if err != nil || at == nil {
			return err
		}
		n := uint32(at.ID.Value())
		if s.met[n] == 0 {
			s.touched = append(s.touched, n)
		}
		s.add(n, r)
	}
}

// lead leaves only the best passages so far, once.
func (s *sums) lead(most, story int) {
	if s.led {
		return
	}
	s.led = true
	if story < 0 && len(s.touched) > most {
		slices.SortFunc(s.touched, func(a, b uint32) int { return cmp.Or(descending(s.scores[a], s.scores[b]), cmp.Compare(a, b)) })
		for _, n := range s.touched[most:] {
			s.scores[n], s.met[n] = 0, 0
		}
		s.touched = s.touched[:most]
	}
	slices.Sort(s.touched)
}

// addToLeading counts a clause for the passages that lead.
func (s *sums) addToLeading(r termReader) error {
	next := uint32(0) // where the reader stands, + 1
	for _, n := range s.touched {
		if next <= n {
			s.target = api.NewIndexInternalID(s.target, uint64(n))
			at, err := r.Advance(s.target, &s.at)
			if err != nil || at == nil {
				return err
			}
			next = uint32(at.ID.Value()) + 1
		}
		if next == n+1 {
			s.add(n, r)
		}
	}
	return nil
}

// best returns the passages with the highest scores.
func (p *postings) best(s *sums, clauses, most int) []Hit {
	best := make([]Hit, 0, most+1)
	for _, n := range s.touched {
		hit := Hit{int(p.numbers[n]), s.scores[n] * float32(s.met[n]) / float32(clauses)}
		if s.met[n] == 0 || len(best) == most && hit.before(best[most-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, hit, Hit.before)
		if best = slices.Insert(best, at, hit); len(best) > most {
			best = best[:most]
		}
	}
	return best
}
