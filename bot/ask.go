package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"verbatim/corpus"
)

// request is a question with all that its answer depends on, whichever way it came.
type request struct {
	corpus.Question
	asker
	private bool // the answer is for the asker alone
}

// mostQuotes is how many quotes are fetched: the first is shown, the others are one press away.
const mostQuotes = 8

// handle runs the handler of an event once, apart from all others: with a deadline, and so that
// a panic in it is an error in the log.
func (b *Bot) handle(ctx context.Context, kind, id string, f func(context.Context) error) {
	if b.seen.before(id) {
		return
	}
	b.handlers.Add(1)
	defer b.handlers.Done()
	// The end of the session does not end an answer that is under way.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	start := time.Now()
	err := guard(func() error { return f(ctx) })
	if err != nil {
		b.log.Error("an event was not handled", "kind", kind, "id", id, "took", time.Since(start).String(), "error", err)
	}
}

// guard turns a panic into an error.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}

// ask answers a request: all ways of asking meet here. It never fails: what goes wrong is in the
// log, and the reply is a kind sentence with a reference to it.
func (b *Bot) ask(ctx context.Context, r request) reply {
	if !b.limiter.allow(r.user) {
		return notice("You ask faster than I can read. Please wait a few seconds.")
	}
	r.Limit = mostQuotes
	if r.Before == nil {
		r.Before = b.recent.last(r.asker)
	}
	start := time.Now()
	answer, err := b.answer(ctx, r.Question)
	took := time.Since(start)
	if err != nil {
		ref := reference()
		b.log.Error("a question was not answered", "reference", ref, "took", took.String(), "error", err)
		b.observer.Answered(string(r.Command), "error", took)
		return notice(troubled(ref))
	}
	b.remember(r, answer)
	b.log.Debug("asked", "command", r.Command, "guild", r.Library, "outcome", answer.Outcome, "confidence", answer.Confidence, "took_us", took.Microseconds())
	b.observer.Answered(string(r.Command), string(answer.Outcome), took)
	return render(answer)
}

// answer keeps a panic in the search from the other questions.
func (b *Bot) answer(ctx context.Context, q corpus.Question) (a corpus.Answer, err error) {
	err = guard(func() error {
		a, err = b.answerer.Answer(ctx, q)
		return err
	})
	if err == nil && a.Outcome != corpus.Silence && len(a.Quotes) == 0 {
		err = errors.New("an answer without a quote")
	}
	return a, err
}

func (b *Bot) remember(r request, a corpus.Answer) {
	if a.Outcome == corpus.Silence {
		return
	}
	question := r.Text
	if a.About != "" {
		question += " " + a.About // "How old is he?" leads on to "And where was he born?"
	}
	b.recent.note(r.asker, corpus.Before{Question: question, Quote: a.Quotes[0]})
}
