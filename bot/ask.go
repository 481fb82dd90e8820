package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

const (
	// mostQuotes is how many quotes are fetched: the first is shown, the others are one press
	// away.
	mostQuotes = 8
	// searchTime is how long a search may take: a thousand times what a question needs.
	searchTime = time.Second
	// handlerTime bounds the handling of an event. An answer that takes longer helps nobody.
	handlerTime = time.Minute
)

// The outcomes of questions beside those of [corpus.Answer], as the observer is told.
const (
	outcomeError   = "error"   // the search failed
	outcomeGone    = "gone"    // nobody waits for the answer any more
	outcomeTimeout = "timeout" // it took too long
	outcomeCrowded = "crowded" // too many questions waited
	outcomeLimited = "limited" // by a person or server that asks too fast
)

// take lets an event be handled, if it has not been before. It does not wait for that.
func (b *Bot) take(ctx context.Context, kind, id string, f func(context.Context) error) {
	if !b.seen.before(id) {
		b.handlers.Go(func() { b.handle(ctx, kind, id, f) })
	}
}

// handle runs the handler of an event apart from all others: with a deadline, with a reference
// that stands in each line of its log, and so that a panic in it is an error there.
func (b *Bot) handle(ctx context.Context, kind, id string, f func(context.Context) error) {
	// The end of the session does not end an answer that is under way.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handlerTime)
	defer cancel()
	ctx = withReference(ctx)
	start := time.Now()
	err := guard(func() error { return f(ctx) })
	log := b.logOf(ctx).With("kind", kind, "id", id, "took", time.Since(start).String())
	switch {
	case errors.Is(err, errLate):
		log.Warn("an event came too late to be answered")
	case err != nil:
		log.Error("an event was not handled", "error", err)
	default:
		log.Debug("an event was handled")
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

type referenceKey struct{}

// withReference gives an event a reference, which ties the lines of its log together.
func withReference(ctx context.Context) context.Context {
	return context.WithValue(ctx, referenceKey{}, reference())
}

// referenceOf is the reference of the event that ctx is for.
func referenceOf(ctx context.Context) string {
	r, _ := ctx.Value(referenceKey{}).(string)
	return r
}

func (b *Bot) logOf(ctx context.Context) *slog.Logger { return b.log.With("request", referenceOf(ctx)) }

// ask answers a request: all ways of asking meet here. It never fails: what goes wrong is in the
// log, and the reply is a kind sentence with a reference to it.
func (b *Bot) ask(ctx context.Context, r request) reply {
	if why := b.quotas.exceeded(r); why != "" {
		b.observer.Answered(string(r.Command), outcomeLimited, 0)
		return notice(why)
	}
	r.Limit = mostQuotes
	if r.Before == nil {
		r.Before = b.recent.last(r.asker)
	}
	start := time.Now()
	answer, err := b.answer(ctx, r)
	took := time.Since(start)
	if err != nil {
		outcome, level, reply := excuse(err, referenceOf(ctx))
		b.observer.Answered(string(r.Command), outcome, took)
		b.logOf(ctx).Log(ctx, level, "a question was not answered", "outcome", outcome, "guild", r.Library, "took", took.String(), "error", err)
		return reply
	}
	b.remember(r, answer)
	b.logOf(ctx).Debug("asked", "command", r.Command, "guild", r.Library, "outcome", answer.Outcome, "confidence", answer.Confidence, "took_us", took.Microseconds())
	b.observer.Answered(string(r.Command), string(answer.Outcome), took)
	return render(answer)
}

// excuse is what the asker is told when there is no answer, and how that is counted and logged.
func excuse(err error, reference string) (outcome string, level slog.Level, r reply) {
	switch {
	case errors.Is(err, context.Canceled):
		return outcomeGone, slog.LevelDebug, notice(troubled(reference))
	case errors.Is(err, errCrowded):
		return outcomeCrowded, slog.LevelWarn, notice("So many questions are asked here that yours would wait too long. Please try again in a moment.")
	case errors.Is(err, context.DeadlineExceeded):
		return outcomeTimeout, slog.LevelError, notice("That question takes me too long. Please ask it in fewer words, or try again in a moment. (Reference " + reference + ")")
	}
	return outcomeError, slog.LevelError, notice(troubled(reference))
}

// answer finds the answer when it is the server's turn. A search that takes too long is left to
// itself: its turn ends when it does.
func (b *Bot) answer(ctx context.Context, r request) (corpus.Answer, error) {
	turn := string(r.Library)
	if turn == "" {
		turn = r.channel // a direct message
	}
	leave, err := b.queue.enter(ctx, turn)
	if err != nil {
		return corpus.Answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	type found struct {
		corpus.Answer
		error
	}
	done := make(chan found, 1)
	go func() {
		defer leave()
		a, err := b.search(ctx, r.Question)
		done <- found{a, err}
	}()
	select {
	case f := <-done:
		return f.Answer, f.error
	case <-ctx.Done():
		return corpus.Answer{}, fmt.Errorf("searching: %w", ctx.Err())
	}
}

// search keeps a panic in a search from the other questions.
func (b *Bot) search(ctx context.Context, q corpus.Question) (a corpus.Answer, err error) {
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
	b.recent.note(r.asker, corpus.Before{Question: a.Read, Answer: a.Quotes[0].Place()})
}
