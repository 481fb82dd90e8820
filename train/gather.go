package train

import (
	"context"
	"slices"

	"verbatim/corpus"
	"verbatim/evaluate"
	"verbatim/index"
)

// Folds is into how many parts stories are split for cross-validation.
const Folds = 8

// source is a set with an index a story, built once.
type source struct {
	*evaluate.Set
	indexes []*index.Index
	makers  []*maker
}

func newSource(s *evaluate.Set) (*source, error) {
	src := &source{Set: s}
	for i := range s.Stories {
		x, err := index.New(s.Stories[i : i+1])
		if err != nil {
			return nil, err
		}
		src.indexes = append(src.indexes, x)
		src.makers = append(src.makers, newMaker(s.Stories[i], x))
	}
	return src, nil
}

func (s *source) close() {
	for _, x := range s.indexes {
		x.Close()
	}
}

// cases are the questions that teach ranking.
func (s *source) cases(ctx context.Context) ([]Case, error) {
	var out []Case
	for _, q := range s.Questions {
		if !q.Answerable() {
			continue
		}
		in, err := s.indexes[q.Story].Inspect(ctx, corpus.Question{Text: q.Text})
		if err != nil {
			return nil, err
		}
		c := Case{Fold: q.Story % Folds, Form: in.Form}
		for _, k := range in.Candidates {
			place := k.Quote.SentenceSpan()
			if s.Sentences {
				place = k.Quote.PassageSpan()
			}
			c.Candidates = append(c.Candidates, k.Features)
			c.Gold = append(c.Gold, slices.ContainsFunc(q.Gold, place.Contains))
			c.Passages = append(c.Passages, k.Quote.Passage())
			c.Right = append(c.Right, slices.ContainsFunc(q.Gold, k.Quote.PassageSpan().Contains))
		}
		out = append(out, c)
	}
	return out, nil
}

// relation of a question to the story that it is asked of.
type relation int

const (
	answers  relation = iota // the story answers it
	hostile                  // it does not, though it has its words: written so by people
	near                     // it does not, though it has its names: see near.go
	offTopic                 // it speaks of something else
)

// asked is a question for the models of support.
type asked struct {
	relation
	contested bool   // of a set that has hostile questions
	folds     [2]int // of the story asked and of the one that it was written about
	signals   index.Signals
}

// outside reports whether the question may teach a model that is fitted without a fold.
func (a *asked) outside(fold int) bool { return a.folds[0] != fold && a.folds[1] != fold }

// strangers is how many other stories each question is asked of.
const strangers = 3

// questions asks all that teach support, each ranked by the model that did not see its story.
func (s *source) questions(ctx context.Context, rankers *[Folds]*index.Model) (out []asked, err error) {
	contested := slices.ContainsFunc(s.Questions, func(q evaluate.Question) bool { return !q.Answerable() })
	for i, q := range s.Questions {
		ask := func(text string, story int, r relation) {
			if err != nil {
				return
			}
			fold := story % Folds
			var in index.Inspection
			in, err = s.indexes[story].WithModel(rankers[fold]).Inspect(ctx, corpus.Question{Text: text})
			out = append(out, asked{r, contested, [2]int{fold, q.Story % Folds}, in.Signals})
		}
		if !q.Answerable() {
			ask(q.Text, q.Story, hostile)
			continue
		}
		ask(q.Text, q.Story, answers)
		for d := 1; d <= min(strangers, len(s.Stories)-1); d++ {
			ask(q.Text, (q.Story+d)%len(s.Stories), offTopic)
		}
		if text, ok := s.makers[q.Story].relation(i); ok {
			ask(text, q.Story, near)
		}
		next := (q.Story + 1) % len(s.Stories)
		if text, ok := s.makers[next].renamed(q.Text); ok {
			ask(text, next, near)
		}
	}
	return out, err
}
