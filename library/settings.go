package library

import (
	"context"
	"fmt"
	"time"

	"verbatim/corpus"
)

// purgeAfter is how long a library is kept after the bot was removed from its server.
const purgeAfter = 7 * 24 * time.Hour

// Role is the ID of the role whose members may change a library too; empty for none.
func (l *Libraries) Role(ctx context.Context, id corpus.LibraryID) (string, error) {
	s, err := l.stored(ctx, id)
	return s.Role, err
}

// SetRole chooses it.
func (l *Libraries) SetRole(ctx context.Context, id corpus.LibraryID, role string) error {
	return l.set(ctx, id, func(s *corpus.Settings) { s.Role = role })
}

// Joined notes that the bot is in a server, whose library is then kept. It reports whether the
// bot is to greet: that is so the first time.
func (l *Libraries) Joined(ctx context.Context, id corpus.LibraryID) (greet bool, err error) {
	s, err := l.stored(ctx, id)
	if err != nil || s.Greeted && s.Purge.IsZero() {
		return false, err // nothing to note, as mostly: a bot meets all its servers at each start
	}
	err = l.set(ctx, id, func(s *corpus.Settings) {
		greet = !s.Greeted
		s.Greeted, s.Purge = true, time.Time{}
	})
	return greet && err == nil, err
}

// Left notes that the bot was removed from a server: its library is erased after 7 days, unless
// it joins again.
func (l *Libraries) Left(ctx context.Context, id corpus.LibraryID) error {
	s, err := l.stored(ctx, id)
	if err != nil || s.Revision == 0 && s.Settings == (corpus.Settings{}) || !s.Purge.IsZero() {
		return err // nothing is stored, or that was noted before
	}
	return l.set(ctx, id, func(s *corpus.Settings) { s.Purge = time.Now().Add(purgeAfter) })
}

// Present notes in which servers the bot is: those with stories that it had joined and is not in
// have removed it while it was away. Those that it never joined are kept for when it does.
func (l *Libraries) Present(ctx context.Context, in []corpus.LibraryID) error {
	held, err := l.store.Revisions(ctx)
	if err != nil {
		return fmt.Errorf("library: %w", err)
	}
	for _, id := range in {
		delete(held, id)
	}
	for id := range held {
		s, err := l.stored(ctx, id)
		if err == nil && s.Greeted {
			err = l.Left(ctx, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *Libraries) stored(ctx context.Context, id corpus.LibraryID) (corpus.Library, error) {
	if err := check(id); err != nil {
		return corpus.Library{}, err
	}
	stored, err := l.store.Library(ctx, id)
	if err != nil {
		err = fmt.Errorf("library: %w", err)
	}
	return stored, err
}

func (l *Libraries) set(ctx context.Context, id corpus.LibraryID, change func(*corpus.Settings)) error {
	if err := check(id); err != nil {
		return err
	}
	return writing(l.store.Set(ctx, id, change))
}
