package bot

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"verbatim/corpus"
)

// cellar keeps libraries in memory. It stands in for the library.
type cellar struct {
	hold  chan struct{} // a draft that says "slow" waits for it
	began chan struct{} // closed when it waits

	mu       sync.Mutex
	stories  map[corpus.LibraryID][]corpus.Entry
	before   map[int64][]corpus.Entry // what there was before a revision
	drafts   []corpus.Draft
	roles    map[corpus.LibraryID]string
	known    map[corpus.LibraryID]bool
	joins    int // how often a server was said to be joined
	revision int64
	export   []byte
	undo     time.Duration // how long a change can be taken back
}

func newCellar() *cellar {
	return &cellar{hold: make(chan struct{}), began: make(chan struct{}), stories: map[corpus.LibraryID][]corpus.Entry{}, before: map[int64][]corpus.Entry{},
		roles: map[corpus.LibraryID]string{}, known: map[corpus.LibraryID]bool{}, export: []byte("PK an archive"), undo: 15 * time.Minute}
}

func (c *cellar) entries(lib corpus.LibraryID) []corpus.Entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.stories[lib])
}

func (c *cellar) Add(ctx context.Context, lib corpus.LibraryID, drafts []corpus.Draft, progress func(corpus.Progress)) (corpus.Change, error) {
	for _, d := range drafts {
		progress(corpus.Progress{Draft: d.Name})
		if strings.Contains(string(d.Content), "slow") {
			progress(corpus.Progress{Indexed: 3, Passages: 212})
			close(c.began)
			select {
			case <-c.hold:
			case <-ctx.Done():
				return corpus.Change{}, ctx.Err()
			}
		}
		if strings.Contains(string(d.Content), "explode") {
			panic("the cellar fell in")
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drafts = append(c.drafts, drafts...)
	change := c.next(lib)
	for _, d := range drafts {
		change.Stories = append(change.Stories, c.put(lib, d))
	}
	change.Examples = []corpus.Question{{Command: corpus.Who, Text: "Orla Quill"}, {Command: corpus.When, Text: "the great storm"}}
	change.Took = 400 * time.Millisecond
	return change, nil
}

// next begins a change. Callers hold c.mu.
func (c *cellar) next(lib corpus.LibraryID) corpus.Change {
	c.revision++
	c.before[c.revision] = slices.Clone(c.stories[lib])
	return corpus.Change{Revision: c.revision, Undo: time.Now().Add(c.undo), Erased: time.Now().Add(2 * c.undo)}
}

func (c *cellar) put(lib corpus.LibraryID, d corpus.Draft) corpus.StoryChange {
	if strings.Contains(string(d.Content), "bad") {
		return corpus.StoryChange{Name: d.Name, Refused: corpus.Refuse("%q holds no text that could be quoted.", d.Name)}
	}
	title := d.Title
	if title == "" {
		title = strings.TrimSuffix(d.Name, ".txt")
	}
	e := corpus.Entry{ID: corpus.StoryID(fmt.Sprintf("own%05d", c.revision)), Title: title, Sections: 12, Passages: 212, Bytes: len(d.Content), Added: time.Unix(1700000000, 0), AddedBy: d.AddedBy}
	at := slices.IndexFunc(c.stories[lib], func(e corpus.Entry) bool { return e.Title == title })
	if at >= 0 {
		c.stories[lib][at] = e
		return corpus.StoryChange{Name: d.Name, Entry: e, Replaced: true, Kept: 200, New: 12, Gone: 3}
	}
	c.stories[lib] = append(c.stories[lib], e)
	return corpus.StoryChange{Name: d.Name, Entry: e}
}

func (c *cellar) Remove(_ context.Context, lib corpus.LibraryID, story corpus.StoryID, _ string) (corpus.Change, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := slices.IndexFunc(c.stories[lib], func(e corpus.Entry) bool { return e.ID == story })
	if at < 0 {
		return corpus.Change{}, corpus.Refuse("That story is gone already.")
	}
	change := c.next(lib)
	change.Stories = []corpus.StoryChange{{Entry: c.stories[lib][at], Removed: true}}
	c.stories[lib] = slices.Delete(c.stories[lib], at, at+1)
	return change, nil
}

func (c *cellar) Undo(_ context.Context, lib corpus.LibraryID, revision int64) (corpus.Change, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if revision != c.revision {
		return corpus.Change{}, corpus.Refuse("This was undone already.")
	}
	now, before := c.stories[lib], c.before[revision]
	change := c.next(lib)
	c.stories[lib] = before
	for _, e := range now {
		if !slices.Contains(before, e) {
			change.Stories = append(change.Stories, corpus.StoryChange{Entry: e, Removed: true})
		}
	}
	for _, e := range before {
		if !slices.Contains(now, e) {
			change.Stories = append(change.Stories, corpus.StoryChange{Entry: e})
		}
	}
	return change, nil
}

func (c *cellar) Export(_ context.Context, _ corpus.LibraryID, w io.Writer) error {
	_, err := w.Write(c.export)
	return err
}

func (c *cellar) Forget(_ context.Context, lib corpus.LibraryID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.stories, lib)
	delete(c.roles, lib)
	return nil
}

func (c *cellar) Role(_ context.Context, lib corpus.LibraryID) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.roles[lib], nil
}

func (c *cellar) SetRole(_ context.Context, lib corpus.LibraryID, role string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.roles[lib] = role
	return nil
}

func (c *cellar) Joined(_ context.Context, lib corpus.LibraryID) (greet bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	greet = !c.known[lib]
	c.joins++
	c.known[lib] = true
	return greet, nil
}

func (c *cellar) Left(_ context.Context, lib corpus.LibraryID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, lib)
	return nil
}

func (c *cellar) Present(_ context.Context, libs []corpus.LibraryID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for lib := range c.known {
		if !slices.Contains(libs, lib) {
			delete(c.known, lib)
		}
	}
	return nil
}

// noted is how often servers were said to be joined, and whether one is known.
func (c *cellar) noted(lib corpus.LibraryID) (joins int, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.joins, c.known[lib]
}
