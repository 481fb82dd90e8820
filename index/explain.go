package index

import (
	"context"
	"math"
	"slices"

	"verbatim/corpus"
)

// Inspection is all that went into an answer, for explanations and for training.
type Inspection struct {
	Answer     corpus.Answer
	Form       Form
	Candidates []Candidate // best first
	Signals    Signals
}

// Candidate is a sentence that was considered.
type Candidate struct {
	Quote    corpus.Quote
	Features Features
}

// Inspect answers a question and keeps what led there.
func (x *Index) Inspect(ctx context.Context, q corpus.Question) (in Inspection, err error) {
	err = x.ask(ctx, q, func(s *scorer, order []int) error {
		in.Form = s.form(order)
		in.Signals = s.signals(order)
		for _, i := range order {
			quote, err := s.quote(i)
			if err != nil {
				return err
			}
			in.Candidates = append(in.Candidates, Candidate{quote, s.candidates[i].features})
		}
		in.Answer, err = s.answer(q, order)
		return err
	})
	return in, err
}

// Explanation says why a quote has its score: the contributions of the features, largest first.
type Explanation struct {
	Quote corpus.Quote
	Score float64
	Parts []Part
}

// Part is what one feature adds to a score: its value by its weight.
type Part struct {
	Feature                     string
	Value, Weight, Contribution float64
}

// Explain answers a question and explains the score of each quote. The contributions of an
// explanation add up to its score.
func (x *Index) Explain(ctx context.Context, q corpus.Question) (corpus.Answer, []Explanation, error) {
	in, err := x.Inspect(ctx, q)
	if err != nil {
		return corpus.Answer{}, nil, err
	}
	w := x.model.weights(in.Form)
	var out []Explanation
	for _, quote := range in.Answer.Quotes {
		i := slices.IndexFunc(in.Candidates, func(c Candidate) bool { return same(c.Quote, quote) })
		out = append(out, explain(in.Candidates[i], &w))
	}
	return in.Answer, out, nil
}

// same reports whether two quotes are of the same place.
func same(a, b corpus.Quote) bool {
	return a.Story().ID == b.Story().ID && a.Passage() == b.Passage() && a.Sentence() == b.Sentence()
}

func explain(c Candidate, w *Features) Explanation {
	e := Explanation{Quote: c.Quote, Score: c.Quote.Score}
	for i, v := range c.Features {
		p := Part{Feature(i).String(), float64(v), float64(w[i]), float64(v) * float64(w[i])}
		if p.Contribution != 0 {
			e.Parts = append(e.Parts, p)
		}
	}
	slices.SortStableFunc(e.Parts, func(a, b Part) int {
		return descending(float32(math.Abs(a.Contribution)), float32(math.Abs(b.Contribution)))
	})
	return e
}
