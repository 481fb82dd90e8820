package library

import (
	"context"
	"fmt"
	"slices"
	"time"

	"verbatim/corpus"
)

// Remove takes a story out of a library, for a user. It can come back for 15 minutes.
func (l *Libraries) Remove(ctx context.Context, id corpus.LibraryID, story corpus.StoryID, by string) (corpus.Change, error) {
	c, err := l.change(ctx, id, nil, func(have []corpus.Stored) (p plan, err error) {
		i := slices.IndexFunc(have, func(s corpus.Stored) bool { return s.ID == story })
		switch {
		case i >= 0:
			p.remove = have[i : i+1]
			p.stories = []corpus.StoryChange{{Entry: have[i].Entry(), Removed: true}}
		case l.ofOperator(story):
			err = corpus.Refuse("That story belongs to whoever runs this bot, and every server has it: it cannot be removed here.")
		default:
			err = corpus.Refuse("This server has no such story (any more): please look at its list again.")
		}
		return p, err
	})
	if err == nil {
		l.log.Info("a story was removed", "library", id, "story", story, "by", by)
	}
	return c, err
}

// Undo takes back the change that led to a revision: what it removed comes back, what it added
// is removed. It is a change of its own, which can be undone as well.
func (l *Libraries) Undo(ctx context.Context, id corpus.LibraryID, revision int64) (corpus.Change, error) {
	if err := check(id); err != nil {
		return corpus.Change{}, err
	}
	return l.change(ctx, id, nil, func(have []corpus.Stored) (plan, error) {
		added, removed, err := l.store.Edited(ctx, id, revision)
		switch {
		case err != nil:
			return plan{}, fmt.Errorf("library: %w", err)
		case len(added)+len(removed) == 0 || time.Since(timeOf(revision)) > undoable:
			return plan{}, corpus.Refuse("That can no longer be undone: it was too long ago, or was undone already.")
		}
		return l.undoing(added, removed, have)
	})
}

// undoing plans to bring stories back and to remove others.
func (l *Libraries) undoing(added []corpus.StoryID, back, have []corpus.Stored) (p plan, err error) {
	for _, s := range have {
		if slices.Contains(added, s.ID) {
			p.remove = append(p.remove, s)
		}
	}
	rest := without(have, p.remove)
	gone := slices.Clone(p.remove)
	for _, s := range back {
		if _, again := titled(rest, s.Title); again {
			return plan{}, corpus.Refuse("“%s” was added again meanwhile, so that cannot be undone.", s.Title)
		}
		if err := l.limits.refuse(s.Story, rest); err != nil {
			return plan{}, err
		}
		change := corpus.StoryChange{Entry: s.Entry()}
		if now, replaced := titled(gone, s.Title); replaced {
			change.Replaced = true
			change.Kept, change.New, change.Gone = compare(now.Story, s.Story)
			gone = without(gone, []corpus.Stored{now})
		}
		p.stories = append(p.stories, change)
		rest = append(rest, s)
	}
	for _, s := range gone {
		p.stories = append(p.stories, corpus.StoryChange{Entry: s.Entry(), Removed: true})
	}
	p.add = back
	return p, nil
}
