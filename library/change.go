package library

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"time"

	"verbatim/corpus"
)

const (
	// undoable is how long a change can be taken back.
	undoable = 15 * time.Minute
	// grace is how much later, at the latest, what can no longer come back is erased.
	grace = 5 * time.Minute
	// attempts is how often a change is made anew that another process was faster than.
	attempts = 5
)

// plan is what to do to a library that has certain stories.
type plan struct {
	remove, add []corpus.Stored
	stories     []corpus.StoryChange
}

// change plans a change of what a library has now and carries it out: the index is made aside,
// the store takes the change, the index answers. When it returns without an error all of that
// is done; with one, nothing is.
func (l *Libraries) change(ctx context.Context, id corpus.LibraryID, progress func(corpus.Progress), planFor func(have []corpus.Stored) (plan, error)) (corpus.Change, error) {
	start := time.Now()
	release, err := l.hold(ctx, id)
	if err != nil {
		return corpus.Change{}, err
	}
	defer release()
	for range attempts {
		have, from, err := l.store.Stories(ctx, id)
		if err != nil {
			return corpus.Change{}, fmt.Errorf("library: %w", err)
		}
		p, err := planFor(have)
		if err != nil || len(p.remove)+len(p.add) == 0 {
			return corpus.Change{Stories: p.stories}, err
		}
		c, err := l.carryOut(ctx, id, p, have, from, progress)
		if errors.Is(err, corpus.ErrChanged) {
			continue
		}
		c.Took = time.Since(start)
		return c, err
	}
	return corpus.Change{}, corpus.Refuse("Somebody else is changing this server's stories at the moment: please try again.")
}

// hold waits until nobody else of this process changes a library, and for a place among those
// who work.
func (l *Libraries) hold(ctx context.Context, id corpus.LibraryID) (release func(), err error) {
	if err := check(id); err != nil {
		return nil, err
	}
	l.mu.Lock()
	s := l.shelf(id)
	l.mu.Unlock()
	select {
	case s.changing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := l.begin(ctx); err != nil {
		<-s.changing
		return nil, err
	}
	return func() { l.done(); <-s.changing }, nil
}

func (l *Libraries) carryOut(ctx context.Context, id corpus.LibraryID, p plan, have []corpus.Stored, from int64, progress func(corpus.Progress)) (corpus.Change, error) {
	now := time.Now()
	c := corpus.Change{Revision: revisionAt(now, from), Stories: p.stories}
	all := p.applied(have)
	made, err := l.make(ctx, id, c.Revision, all, counting(all, progress))
	if err != nil {
		return corpus.Change{}, l.overtaken(ctx, id, from, err)
	}
	edit := corpus.Edit{Library: id, From: from, Revision: c.Revision, Add: p.add, Erase: now.Add(undoable)}
	for _, s := range p.remove {
		edit.Remove = append(edit.Remove, s.ID)
	}
	if err := l.store.Edit(ctx, edit); err != nil {
		l.retire(made, true)
		return corpus.Change{}, writing(fmt.Errorf("library: %w", err))
	}
	l.installed(id, made)
	c.Undo = edit.Erase
	if len(p.remove) > 0 {
		c.Erased = c.Undo.Add(grace)
	}
	l.log.Info("a library was changed", "library", id, "revision", c.Revision, "added", len(p.add), "removed", len(p.remove))
	return c, nil
}

// overtaken is [corpus.ErrChanged] where another process has changed a library meanwhile: it then
// has removed what was being made. Else it is the error that came of making it.
func (l *Libraries) overtaken(ctx context.Context, id corpus.LibraryID, from int64, err error) error {
	now, failed := l.store.Library(ctx, id)
	if failed == nil && now.Revision != from {
		return corpus.ErrChanged
	}
	return err
}

// applied is what a library that has certain stories has afterwards, in order.
func (p plan) applied(have []corpus.Stored) []corpus.Stored {
	after := slices.Concat(without(have, p.remove), p.add)
	corpus.SortStored(after)
	return after
}

func without(stories, some []corpus.Stored) []corpus.Stored {
	return slices.DeleteFunc(slices.Clone(stories), func(s corpus.Stored) bool {
		return slices.ContainsFunc(some, func(other corpus.Stored) bool { return other.ID == s.ID })
	})
}

// A revision is the time at which it was made, in microseconds, so that none is ever used again,
// even for a library that was forgotten.
func revisionAt(now time.Time, before int64) int64 { return max(now.UnixMicro(), before+1) }

func timeOf(revision int64) time.Time { return time.UnixMicro(revision) }

// counting tells the progress of indexing stories.
func counting(stories []corpus.Stored, progress func(corpus.Progress)) func(passages int) {
	if progress == nil {
		return nil
	}
	all := 0
	for _, s := range stories {
		all += len(s.Passages)
	}
	return func(indexed int) { progress(corpus.Progress{Indexed: indexed, Passages: all}) }
}

// unwritable are what systems say of disks that are full or otherwise take no more.
var unwritable = []error{corpus.ErrFull, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EROFS}

// writing explains an error of a disk that cannot be written to. Not all of Bleve's wrap what the
// system said, so that its words are looked for.
func writing(err error) error {
	if err == nil {
		return nil
	}
	for _, cause := range unwritable {
		if errors.Is(err, cause) || strings.Contains(err.Error(), cause.Error()) {
			return fmt.Errorf("%w (%w)", corpus.Refuse("I cannot write to my disk, which may be full, so nothing was changed: please tell whoever runs this bot."), err)
		}
	}
	return err
}
