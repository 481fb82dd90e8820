package library

import (
	"context"
	"errors"
	"slices"

	"verbatim/corpus"
	"verbatim/index"
)

// Answer answers a question from the operator's stories and those of the question's library.
// Each index is asked by itself, so that the stories of one never change what is found in
// another; of two answers the better one comes first.
func (l *Libraries) Answer(ctx context.Context, q corpus.Question) (corpus.Answer, error) {
	common, err := l.askOperator(ctx, q)
	if err != nil {
		return common, err
	}
	own, found, err := l.askOwn(ctx, q)
	if err != nil || !found {
		return common, err
	}
	if q.Story != "" {
		if l.ofOperator(q.Story) {
			return common, nil
		}
		return own, nil
	}
	a := merge(own, common)
	if a.Outcome == corpus.Silence && own.Reason != common.Reason {
		a.Reason = l.whyBothSilent(ctx, q)
	}
	return a, nil
}

// whyBothSilent is the reason that holds for the operator's stories and the library's together: a
// word that neither have. Empty where there is none.
func (l *Libraries) whyBothSilent(ctx context.Context, q corpus.Question) string {
	own, err := l.own(ctx, q.Library)
	common := l.operator.Load()
	if err != nil || own == nil || common.Index == nil {
		return ""
	}
	lacking := common.Unknown(q)
	for _, word := range own.Unknown(q) {
		if slices.Contains(lacking, word) {
			return index.OccursNowhere(word)
		}
	}
	return ""
}

func (l *Libraries) askOperator(ctx context.Context, q corpus.Question) (corpus.Answer, error) {
	for {
		s := l.operator.Load()
		if s.Index == nil {
			return corpus.Answer{Question: q, Outcome: corpus.Silence}, nil
		}
		a, err := s.Answer(ctx, q)
		if !errors.Is(err, index.ErrClosed) || l.living.Err() != nil {
			return a, err
		}
	}
}

// askOwn asks a library's own stories; false where it has none.
func (l *Libraries) askOwn(ctx context.Context, q corpus.Question) (a corpus.Answer, found bool, err error) {
	for {
		s, err := l.own(ctx, q.Library)
		if err != nil || s == nil {
			return a, false, err
		}
		a, err = s.Answer(ctx, q)
		if !errors.Is(err, index.ErrClosed) || l.living.Err() != nil {
			return a, err == nil, err
		}
	}
}
