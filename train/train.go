package train

import (
	"context"
	"fmt"
	"slices"

	"verbatim/corpus"
	"verbatim/evaluate"
	"verbatim/index"
)

// Result is a model for use, and one for each fold that saw nothing of it.
type Result struct {
	Model *index.Model
	folds [Folds]*index.Model
}

// Train fits a model to all sets, and one to all but each fold. Progress is called with what is
// being done.
func Train(ctx context.Context, sets []*evaluate.Set, progress func(step string)) (*Result, error) {
	t := trainer{}
	defer t.close()
	progress("reading questions")
	for _, s := range sets {
		if err := t.add(ctx, s); err != nil {
			return nil, err
		}
	}
	r := &Result{}
	for fold := range Folds {
		progress(fmt.Sprintf("fitting the ranking without part %d of %d", fold+1, Folds))
		r.folds[fold] = t.rank(fold)
	}
	progress("fitting the ranking to all")
	r.Model = t.rank(-1)
	progress("fitting when to be silent")
	return r, t.support(ctx, r)
}

// System answers the questions of each story by the model that did not see it.
func (r *Result) System(stories []*corpus.Story, fold int) (evaluate.Asker, error) {
	x, err := index.New(stories)
	if err != nil {
		return nil, err
	}
	return x.WithModel(r.folds[fold%Folds]), nil
}

type trainer struct {
	sources []*source
	cases   []Case
}

func (t *trainer) close() {
	for _, s := range t.sources {
		s.close()
	}
}

func (t *trainer) add(ctx context.Context, s *evaluate.Set) error {
	src, err := newSource(s)
	if err != nil {
		return err
	}
	cases, err := src.cases(ctx)
	for i := range cases {
		cases[i].Set = len(t.sources)
	}
	t.sources, t.cases = append(t.sources, src), append(t.cases, cases...)
	return err
}

// rank fits the ranking without a fold; -1 leaves none out.
func (t *trainer) rank(fold int) *index.Model {
	return Fit(slices.DeleteFunc(slices.Clone(t.cases), func(c Case) bool { return c.Fold == fold }), Defaults)
}

// support fits what judges the answers of each model. What is learned from the judgement of a
// question is learned from that of a model which had not seen it.
func (t *trainer) support(ctx context.Context, r *Result) error {
	var questions []asked
	for _, s := range t.sources {
		q, err := s.questions(ctx, &r.folds)
		if err != nil {
			return err
		}
		questions = append(questions, q...)
	}
	for fold, m := range r.folds {
		m.Support = fitModels(without(fold, questions))
	}
	r.Model.Support = fitModels(questions)
	var all []judged
	folds := make([][]judged, Folds) // all but those of the fold
	for _, a := range questions {
		s := &r.folds[a.folds[0]].Support
		q := judged{a.relation, a.contested, s.Topic.Probability(&a.signals), s.HasAsked(&a.signals), s.Evidence(&a.signals)}
		all = append(all, q)
		for fold := range folds {
			if a.outside(fold) {
				folds[fold] = append(folds[fold], q)
			}
		}
	}
	for fold, m := range r.folds {
		calibrate(&m.Support, folds[fold])
	}
	calibrate(&r.Model.Support, all)
	return nil
}

func without(fold int, questions []asked) (rest []asked) {
	for _, a := range questions {
		if a.outside(fold) {
			rest = append(rest, a)
		}
	}
	return rest
}
