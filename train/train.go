package train

import (
	"context"
	"fmt"
	"slices"

	"verbatim/corpus"
	"verbatim/evaluate"
	"verbatim/index"
)

const (
	// silentShare of the answerable questions may meet silence on the sets trained on: what is
	// given up to refuse the others.
	silentShare = .022
	// unansweredShare of them may be given less than an answer.
	unansweredShare = .028
	// supportCost is the L2 cost of the models of support.
	supportCost = 1
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
		progress(fmt.Sprintf("fitting without part %d of %d", fold+1, Folds))
		m, err := t.fit(ctx, fold)
		if err != nil {
			return nil, err
		}
		r.folds[fold] = m
	}
	progress("fitting to all")
	m, err := t.fit(ctx, -1)
	r.Model = m
	return r, err
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
	t.sources = append(t.sources, src)
	cases, err := src.cases(ctx)
	t.cases = append(t.cases, cases...)
	return err
}

// fit fits ranking and support without a fold; -1 leaves none out.
func (t *trainer) fit(ctx context.Context, fold int) (*index.Model, error) {
	m := Fit(slices.DeleteFunc(slices.Clone(t.cases), func(c Case) bool { return c.Fold == fold }), Defaults)
	var questions []asked
	for _, s := range t.sources {
		q, err := s.questions(ctx, m)
		if err != nil {
			return nil, err
		}
		questions = append(questions, q...)
	}
	questions = slices.DeleteFunc(questions, func(a asked) bool { return a.fold == fold })
	m.Support = fitSupport(questions)
	return m, nil
}

// fitSupport fits the models of support and sets the thresholds.
func fitSupport(questions []asked) (s index.Support) {
	var topic, thing, answer []Example
	for _, a := range questions {
		switch a.relation {
		case answers, hostile, offTopic:
			topic = append(topic, Example{a.signals, a.relation != offTopic})
		}
		switch a.relation {
		case answers, near:
			e := Example{a.signals, a.relation == answers}
			e.Signals[index.SignalShort] = 0 // the made questions are all short
			thing = append(thing, e)
		}
		switch a.relation {
		case answers, hostile:
			answer = append(answer, Example{a.signals, a.relation == answers})
		}
	}
	s.Topic, s.Asked, s.Answer = FitSupport(topic, supportCost), FitSupport(thing, supportCost), FitSupport(answer, supportCost)
	s.SilenceBelow = quantile(questions, silentShare, s.Topic.Probability)
	s.AnswerFrom = quantile(questions, unansweredShare, s.HasAsked)
	return s
}

// quantile is the probability under which a share of the answerable questions lies.
func quantile(questions []asked, share float64, probability func(*index.Signals) float64) float64 {
	var all []float64
	for _, a := range questions {
		if a.relation == answers {
			all = append(all, probability(&a.signals))
		}
	}
	slices.Sort(all)
	if len(all) == 0 {
		return 0
	}
	return all[int(share*float64(len(all)))]
}
