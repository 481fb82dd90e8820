package index

import (
	"context"
	"slices"

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
	a := corpus.Answer{Question: q, Read: s.q.Read, About: s.q.About, Subject: s.namesHeld(^uint32(0))}
	order = s.rest(order)
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

// rest leaves out the quote that a question wants others than, the rest of its passage, and what
// ranks above it, which was shown before it.
func (s *scorer) rest(order []int) (rest []int) {
	if s.q.after == (corpus.Place{}) {
		return order
	}
	passage, at := s.passageAt(s.q.after), -1
	for k, i := range order {
		if s.candidates[i].passage == passage {
			at = k
			break
		}
	}
	var shown []int
	for _, i := range order[:at+1] {
		shown = append(shown, s.candidates[i].passage)
	}
	for _, i := range order[at+1:] {
		if !slices.Contains(shown, s.candidates[i].passage) {
			rest = append(rest, i)
		}
	}
	return rest
}

// passageAt is the passage of a place; -1 where the index has no such sentence.
func (t *texts) passageAt(at corpus.Place) int {
	number, ok := t.storyNumber(at.Story)
	if !ok || at.Passage < 0 || at.Sentence < 0 {
		return -1
	}
	first, next := int(t.stories[number].passage), int(t.stories[number+1].passage)
	if at.Passage >= next-first {
		return -1
	}
	passage := first + at.Passage
	if at.Sentence >= int(t.passages[passage+1].sentence-t.passages[passage].sentence) {
		return -1
	}
	return passage
}
