package library

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"verbatim/corpus"
)

// Add makes stories of drafts; one of the same title is replaced. All that can be read are added
// in one revision, the others are refused in the change. Progress is told from one goroutine.
func (l *Libraries) Add(ctx context.Context, id corpus.LibraryID, drafts []corpus.Draft, progress func(corpus.Progress)) (corpus.Change, error) {
	start := time.Now()
	if err := check(id); err != nil {
		return corpus.Change{}, err
	}
	stories, err := l.readAll(ctx, drafts, progress)
	if err != nil {
		return corpus.Change{}, err
	}
	c, err := l.change(ctx, id, progress, func(have []corpus.Stored) (plan, error) { return l.adding(stories, have), nil })
	if err != nil {
		return corpus.Change{}, err
	}
	c.Examples = l.examplesOf(ctx, id, c)
	c.Took = time.Since(start)
	return c, nil
}

// candidate is a draft that was read, or was refused. Where it is not known when it was added,
// that is now.
type candidate struct {
	name   string
	stored corpus.Stored
	err    error
}

func (l *Libraries) readAll(ctx context.Context, drafts []corpus.Draft, progress func(corpus.Progress)) (all []candidate, err error) {
	if err := l.begin(ctx); err != nil {
		return nil, err
	}
	defer l.done()
	for _, d := range drafts {
		if progress != nil {
			progress(corpus.Progress{Draft: d.Name})
		}
		story, err := l.reader.Read(ctx, d.Name, d.Content)
		var refusal *corpus.Refusal
		if err != nil && !errors.As(err, &refusal) {
			return nil, err
		}
		if title := corpus.Unwrap(d.Title); err == nil && title != "" {
			story = story.Renamed(title)
		}
		all = append(all, candidate{d.Name, corpus.Stored{Story: story, AddedBy: d.AddedBy}, err})
	}
	return all, nil
}

// adding plans to add what was read to what a library has.
func (l *Libraries) adding(candidates []candidate, have []corpus.Stored) (p plan) {
	now := after(have)
	for _, c := range candidates {
		change := corpus.StoryChange{Name: c.name, Refused: c.err}
		if c.stored.Added.IsZero() {
			c.stored.Added = now
		}
		if c.err == nil {
			l.addOne(&p, &change, c.stored, have)
		}
		p.stories = append(p.stories, change)
	}
	return p
}

// after is now, but later than when any of some stories was added, so that they keep their order.
func after(stories []corpus.Stored) time.Time {
	now := time.UnixMilli(time.Now().UnixMilli())
	for _, s := range stories {
		if !now.After(s.Added) {
			now = s.Added.Add(time.Millisecond)
		}
	}
	return now
}

// addOne plans to add a story, or says in the change why not.
func (l *Libraries) addOne(p *plan, change *corpus.StoryChange, s corpus.Stored, have []corpus.Stored) {
	change.Entry = s.Entry()
	if _, twice := titled(p.add, s.Title); twice {
		change.Refused = corpus.Refuse("Two of the files are called “%s”: please give one of them another title.", s.Title)
		return
	}
	beside := without(p.applied(have), p.remove)
	if old, replaced := titled(have, s.Title); replaced {
		change.Replaced = true
		change.Kept, change.New, change.Gone = compare(old.Story, s.Story)
		if old.ID == s.ID {
			change.Entry = old.Entry() // nothing is to be done
			return
		}
		beside = without(beside, []corpus.Stored{old})
		if change.Refused = l.limits.refuse(s.Story, beside); change.Refused == nil {
			p.remove = append(p.remove, old)
		}
	} else {
		change.Refused = l.limits.refuse(s.Story, beside)
	}
	if change.Refused == nil {
		p.add = append(p.add, s)
	}
}

// titled finds the story of a title, in whatever case.
func titled(stories []corpus.Stored, title string) (corpus.Stored, bool) {
	for _, s := range stories {
		if strings.EqualFold(corpus.Unwrap(s.Title), corpus.Unwrap(title)) {
			return s, true
		}
	}
	return corpus.Stored{}, false
}

// compare counts the passages that stand in both stories word for word, and those that stand
// in one alone.
func compare(old, now *corpus.Story) (kept, added, gone int) {
	count := map[string]int{}
	for _, p := range old.Passages {
		count[old.Text[p.Start:p.End]]++
	}
	for _, p := range now.Passages {
		if text := now.Text[p.Start:p.End]; count[text] > 0 {
			count[text]--
			kept++
		}
	}
	return kept, len(now.Passages) - kept, len(old.Passages) - kept
}

// examplesOf are questions that the stories added by a change really answer to the people of
// the library.
func (l *Libraries) examplesOf(ctx context.Context, id corpus.LibraryID, c corpus.Change) (found []corpus.Question) {
	var added []corpus.StoryID
	for _, s := range c.Stories {
		if s.Refused == nil && !s.Removed {
			added = append(added, s.Entry.ID)
		}
	}
	if len(added) == 0 {
		return nil
	}
	for _, q := range l.ownNow(id).examplesOf(added) {
		a, err := l.Answer(ctx, corpus.Question{Command: q.Command, Text: q.Text, Library: id})
		if err != nil || a.Outcome != corpus.Answered || !slices.Contains(added, a.Quotes[0].Story().ID) {
			continue
		}
		if found = append(found, q); len(found) == exampleCount {
			break
		}
	}
	return found
}
