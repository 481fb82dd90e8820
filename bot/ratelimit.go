package bot

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	// mostBuckets is how many channels' limits are remembered.
	mostBuckets = 5000
	// resetGuess is for how long a channel's limit is until an answer says: that of messages
	// has been five in five seconds for years.
	resetGuess = 5 * time.Second
)

// rateLimits keeps to what Discord says of its limits, so that few requests are refused: for all
// of them together, and for each channel. Answers to interactions are free of both, and nothing
// is kept of their tokens.
type rateLimits struct {
	channels *bounded[string, *bucket]

	mu     sync.Mutex
	global time.Time // nothing before then
}

func newRateLimits() *rateLimits {
	return &rateLimits{channels: newBounded[string, *bucket](mostBuckets)}
}

// wait waits until a message may be sent to a channel, or fails with ctx.
func (l *rateLimits) wait(ctx context.Context, channel string) error {
	b, _ := l.channels.get(channel, func() *bucket { return &bucket{} })
	for {
		l.mu.Lock()
		global := time.Until(l.global)
		l.mu.Unlock()
		pause := max(global, b.take(time.Now()))
		if pause <= 0 {
			return nil
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// note reads what an answer says of the limits.
func (l *rateLimits) note(channel string, r *http.Response) {
	limited := r.StatusCode == http.StatusTooManyRequests
	if limited && (r.Header.Get("X-RateLimit-Global") != "" || r.Header.Get("X-RateLimit-Scope") == "global") {
		l.mu.Lock()
		l.global = time.Now().Add(after(r.Header, retryPause))
		l.mu.Unlock()
		return
	}
	b, _ := l.channels.get(channel, func() *bucket { return &bucket{} })
	b.note(time.Now(), r.Header, limited)
}

// bucket is what is left of a channel's limit.
type bucket struct {
	mu          sync.Mutex
	limit, left int
	reset       time.Time // when left becomes limit again
}

// take takes one of what is left, or returns how long there will be nothing.
func (b *bucket) take(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case now.Before(b.reset) && b.left == 0:
		return b.reset.Sub(now)
	case b.limit == 0: // nothing is known yet
		return 0
	case !now.Before(b.reset):
		b.left, b.reset = b.limit, now.Add(resetGuess)
	}
	b.left--
	return 0
}

func (b *bucket) note(now time.Time, h http.Header, limited bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if limit, err := strconv.Atoi(h.Get("X-RateLimit-Limit")); err == nil {
		b.limit = limit
	}
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	switch {
	case limited:
		b.left, b.reset = 0, now.Add(after(h, retryPause))
	case err == nil:
		b.left, b.reset = left, now.Add(after(h, 0))
	}
}

// sleep waits, or fails with ctx; at once where ctx would end before.
func sleep(ctx context.Context, d time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return context.DeadlineExceeded
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
