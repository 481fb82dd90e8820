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
		c := Case{Fold: q.Story % Folds, Kind: in.Kind}
		for _, k := range in.Candidates {
			place := k.Quote.SentenceSpan()
			if s.Sentences {
				place = k.Quote.PassageSpan()
			}
			c.Candidates = append(c.Candidates, k.Features)
			c.Gold = append(c.Gold, slices.ContainsFunc(q.Gold, place.Contains))
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
	fold    int
	signals index.Signals
}

// questions asks all that teach support, ranked by a model. Questions about another story are
// left out of the fold of either story.
func (s *source) questions(ctx context.Context, m *index.Model) ([]asked, error) {
	var out []asked
	ask := func(text string, story, fold int, r relation) error {
		in, err := s.indexes[story].WithModel(m).Inspect(ctx, corpus.Question{Text: text})
		out = append(out, asked{r, fold, in.Signals})
		return err
	}
	for i, q := range s.Questions {
		if !q.Answerable() {
			if err := ask(q.Text, q.Story, q.Story%Folds, hostile); err != nil {
				return nil, err
			}
			continue
		}
		next := (q.Story + 1) % len(s.Stories)
		all := []struct {
			text  string
			ok    bool
			story int
			relation
		}{{q.Text, true, q.Story, answers}, {q.Text, len(s.Stories) > 1, next, offTopic}, {relation: near, story: q.Story}, {relation: near, story: next}}
		all[2].text, all[2].ok = s.makers[q.Story].relation(i)
		all[3].text, all[3].ok = s.makers[next].renamed(q.Text)
		for _, a := range all {
			if !a.ok {
				continue
			}
			if err := ask(a.text, a.story, a.story%Folds, a.relation); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
