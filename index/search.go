package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"verbatim/corpus"
)

// candidates is how many passages are fetched: the right one is among 40 for 98.6 % of the
// questions of the study.
const candidates = 40

const (
	// boostContext weighs a term in the title or heading against one in the passage.
	boostContext = 0.3
	// boostRelated weighs a synonym, on top of its own weight.
	boostRelated = 0.5
	// mostRelated bounds the synonyms looked up for a term, the strongest first.
	mostRelated = 6
)

// fetch asks Bleve for the passages that hold most of what the question asks for; they come in
// the stories' order.
func (x *Index) fetch(ctx context.Context, q *Query, only corpus.StoryID) ([]Hit, error) {
	story := -1
	if only != "" {
		number, ok := x.texts.storyNumber(only)
		if !ok {
			return nil, nil
		}
		story = number
	}
	hits, err := x.retrieve(ctx, x.clauses(q), story, candidates)
	if err != nil {
		return nil, fmt.Errorf("index: search: %w", err)
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(a.Passage, b.Passage) })
	return hits, nil
}

// clauses looks up each term in the passages and in what stands above them, and its synonyms
// and look-alikes in the passages.
func (x *Index) clauses(q *Query) (out []clause) {
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.known {
			out = append(out, clause{fieldText, t.term, t.stem, 1}, clause{fieldContext, t.term, t.stem, boostContext})
		}
		for _, r := range t.relatives[:min(mostRelated, len(t.relatives))] {
			out = append(out, clause{fieldText, r.term, r.stem, boostRelated * float64(max(r.related, r.similar))})
		}
	}
	return out
}
