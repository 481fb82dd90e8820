package library

import (
	"context"
	"errors"
	"fmt"
	"math"

	"verbatim/corpus"
)

// Forget erases all that is stored of a library, at once and for good. That the bot has greeted
// the server is all that it remembers, so as not to do it again.
func (l *Libraries) Forget(ctx context.Context, id corpus.LibraryID) error {
	release, err := l.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	if err := l.store.Forget(context.WithoutCancel(ctx), id); err != nil {
		// What is deleted but not overwritten yet is not to be answered from.
		return errors.Join(writing(fmt.Errorf("library: forgetting: %w", err)), l.reload(ctx))
	}
	l.forgotten(id)
	l.log.Info("a library was erased", "library", id)
	return nil
}

// forgotten closes the index of a library that is no more, and removes its files.
func (l *Libraries) forgotten(id corpus.LibraryID) {
	l.mu.Lock()
	l.written++
	delete(l.revisions, id)
	if s := l.shelves[id]; s != nil {
		l.retire(s.open, true)
		s.open = nil
	}
	l.mu.Unlock()
	l.tidy(id, math.MaxInt64)
}
