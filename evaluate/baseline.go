package evaluate

import (
	"context"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"verbatim/corpus"
)

// Baseline is what people build first: Bleve with its English analyzer, one document a sentence,
// a match query of the whole question. It is never silent.
func Baseline(stories []*corpus.Story, _ int) (Asker, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = en.AnalyzerName
	x, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	b := &baseline{index: x}
	batch := x.NewBatch()
	for _, s := range stories {
		for p := range s.Passages {
			for n, sentence := range s.Passages[p].Sentences {
				quote, _ := corpus.NewQuote(s, p, n)
				if err := batch.Index(strconv.Itoa(len(b.quotes)), map[string]any{"text": s.Text[sentence.Start:sentence.End]}); err != nil {
					return nil, err
				}
				b.quotes = append(b.quotes, quote)
			}
		}
	}
	return b, x.Batch(batch)
}

type baseline struct {
	index  bleve.Index
	quotes []corpus.Quote // by document
}

// depth is how many sentences are fetched to find the best of each passage.
const depth = 30

// Answer implements [Asker]. Its confidence is Bleve's best score, which only orders.
func (b *baseline) Answer(ctx context.Context, q corpus.Question) (corpus.Answer, error) {
	a := corpus.Answer{Question: q}
	match := bleve.NewMatchQuery(q.Text)
	match.SetField("text")
	found, err := b.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(match, depth, 0, false))
	if err != nil {
		return a, fmt.Errorf("baseline: %w", err)
	}
	limit := q.Limit
	if limit == 0 {
		limit = 3
	}
	type place struct {
		story   *corpus.Story
		passage int
	}
	seen := map[place]bool{}
	for _, h := range found.Hits {
		i, err := strconv.Atoi(h.ID)
		if err != nil {
			return a, fmt.Errorf("baseline: %w", err)
		}
		quote := b.quotes[i]
		quote.Score = h.Score
		if at := (place{quote.Story(), quote.Passage()}); !seen[at] && len(a.Quotes) < limit {
			seen[at] = true
			a.Quotes = append(a.Quotes, quote)
		}
	}
	a.Outcome = corpus.Silence
	if len(a.Quotes) > 0 {
		a.Outcome, a.Confidence = corpus.Answered, a.Quotes[0].Score
	}
	return a, nil
}

// Close implements [Asker].
func (b *baseline) Close() error { return b.index.Close() }
