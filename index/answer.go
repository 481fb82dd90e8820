package index

import (
	"context"

	"verbatim/corpus"
)

// defaultLimit is how many quotes an answer has where the question does not say.
const defaultLimit = 3

// Answer answers a question from the stories. That they do not answer is a value (see
// [corpus.Outcome]); an error means that the search itself failed, or that ctx ended.
func (x *Index) Answer(ctx context.Context, q corpus.Question) (corpus.Answer, error) {
	var a corpus.Answer
	err := x.ask(ctx, q, func(s *scorer, order []int) (err error) {
		a, err = s.answer(q, order)
		return err
	})
	return a, err
}

// ask takes the way of a question up to the scored candidates, best first, and hands them over;
// their memory is used again afterwards.
func (x *Index) ask(ctx context.Context, q corpus.Question, use func(s *scorer, order []int) error) error {
	done, open := x.life.begin()
	if !open {
		return ErrClosed
	}
	defer done()
	query := x.texts.analyse(q)
	hits, err := x.fetch(ctx, query, q.Story)
	if err != nil {
		return err
	}
	s := &scorer{texts: x.texts, scratch: x.pool.get(len(x.texts.vocabulary.counts)), q: query, model: x.model}
	defer x.pool.Put(s.scratch)
	defer s.unmark()
	s.mark()
	s.read(hits)
	order := s.consider()
	s.measure(order)
	s.score(order)
	return use(s, order)
}

func (s *scorer) answer(q corpus.Question, order []int) (corpus.Answer, error) {
	a := corpus.Answer{Question: q, About: s.q.About, Subject: s.namesHeld(^uint32(0))}
	s.judge(&a, order)
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	for _, i := range s.bestOfPassages(order, limit) {
		quote, err := s.quote(i)
		if err != nil {
			return a, err
		}
		a.Quotes = append(a.Quotes, quote)
	}
	return a, nil
}
