package library

import (
	"context"
	"fmt"
	"time"
)

const (
	// glance is how often the store is asked whether another process changed it.
	glance = time.Second
	// sweeping is how often leftovers are looked for, and an erasure that failed is tried again.
	// It is much shorter than grace.
	sweeping = time.Minute
)

// Run does what is to be done now and then, until ctx ends: it erases what can no longer come
// back and the libraries of servers that the bot has left, and notices what other processes
// change. What came due while nobody ran is done at once.
func (l *Libraries) Run(ctx context.Context) {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	var version int64
	var next time.Time // to erase or to sweep
	for {
		if err := l.notice(ctx, &version); err != nil && ctx.Err() == nil {
			l.log.Error("looking at the store", "error", err)
		}
		if now := time.Now(); !now.Before(next) {
			next = l.cleanUntil(ctx, now)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// notice takes over what other processes changed.
func (l *Libraries) notice(ctx context.Context, version *int64) error {
	now, err := l.store.Version(ctx)
	if err != nil || now == *version {
		return err
	}
	if err := l.reload(ctx); err != nil {
		return err
	}
	*version = now
	return nil
}

// cleanUntil cleans, and says when to come again.
func (l *Libraries) cleanUntil(ctx context.Context, now time.Time) (next time.Time) {
	next = now.Add(sweeping)
	due, err := l.clean(ctx, now)
	switch {
	case err != nil && ctx.Err() == nil:
		l.log.Error("erasing what was removed", "error", err)
	case err == nil && !due.IsZero() && due.Before(next):
		next = due
	}
	return next
}

// Clean erases what is due, as [Libraries.Run] does, for who does not run for long.
func (l *Libraries) Clean(ctx context.Context) error {
	_, err := l.clean(ctx, time.Now())
	return err
}

func (l *Libraries) clean(ctx context.Context, now time.Time) (due time.Time, err error) {
	l.sweep()
	purged, due, err := l.store.Erase(ctx, now)
	for _, id := range purged {
		l.forgotten(id)
		l.log.Info("the library of a server that removed the bot was erased", "library", id)
	}
	if err != nil {
		err = fmt.Errorf("library: erasing: %w", err)
	}
	return due, err
}
