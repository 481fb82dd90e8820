// Package storetest says what is expected of a store of libraries, as tests that a new one passes.
package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"verbatim/corpus"
	"verbatim/library"
)

// Test tests a kind of store. The function fresh makes an empty place for data, and returns what
// opens a store of it: twice at the same time, as two processes would, and again after it was closed.
func Test(t *testing.T, fresh func(t *testing.T) (open func() library.Store)) {
	for name, test := range map[string]func(*testing.T, *stores){
		"an unknown library is empty":                         unknownIsEmpty,
		"what was added is there, in order, after a restart":  addedIsThere,
		"an edit of another revision changes nothing":         staleChangesNothing,
		"an edit that fails half way changes nothing":         allOrNothing,
		"what was removed can be read until it is erased":     removedUntilErased,
		"libraries are apart":                                 apart,
		"settings are kept beside the stories":                settingsKept,
		"forgetting leaves that it was greeted":               forgetting,
		"a library is purged when its time has come":          purging,
		"the version tells of what another store did":         versionTells,
		"of two edits of the same revision one is taken":      oneOfTwo,
		"an ended context changes nothing":                    endedContext,
		"a story comes back with its sections and characters": storiesComeBack,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			open := fresh(t)
			s := &stores{Store: open(), open: open}
			defer func() { s.Close() }()
			test(t, s)
		})
	}
}

// stores is a store and the way to open it again.
type stores struct {
	library.Store
	open func() library.Store
}

const (
	home  = corpus.LibraryID("100000000000000001")
	other = corpus.LibraryID("100000000000000002")
)

var noon = time.UnixMilli(1_700_000_000_123)

// story is a text of one passage a line.
func story(t *testing.T, title, text string, added time.Time) corpus.Stored {
	t.Helper()
	var blocks []corpus.Block
	start := 0
	for i, r := range text + "\n" {
		if r == '\n' {
			blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: start, End: i}})
			start = i + 1
		}
	}
	s, err := corpus.NewStory(corpus.Meta{Title: title, Author: "Somebody", Source: title + ".txt"}, text, blocks)
	if err != nil {
		t.Fatal(err)
	}
	return corpus.Stored{Story: s, Added: added, AddedBy: "7"}
}

// want fails where two values differ, times by the moment alone.
func want(t *testing.T, expected, got any) {
	t.Helper()
	moment := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
	if diff := cmp.Diff(expected, got, moment, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stores) edit(t *testing.T, e corpus.Edit) {
	t.Helper()
	must(t, s.Edit(t.Context(), e))
}

// holds checks what a library has, by all ways of reading it.
func (s *stores) holds(t *testing.T, id corpus.LibraryID, revision int64, stories ...corpus.Stored) {
	t.Helper()
	got, at, err := s.Stories(t.Context(), id)
	must(t, err)
	want(t, stories, got)
	l, err := s.Library(t.Context(), id)
	must(t, err)
	var entries []corpus.Entry
	for _, story := range stories {
		entries = append(entries, story.Entry())
	}
	want(t, entries, l.Entries)
	want(t, []int64{revision, revision}, []int64{at, l.Revision})
	all, err := s.Revisions(t.Context())
	must(t, err)
	if at, found := all[id]; found != (len(stories) > 0) || found && at != revision {
		t.Errorf("Revisions has %d for it (%v), want %d", at, found, revision)
	}
}

func unknownIsEmpty(t *testing.T, s *stores) {
	s.holds(t, home, 0)
	l, err := s.Library(t.Context(), home)
	must(t, err)
	want(t, corpus.Library{}, l)
	added, removed, err := s.Edited(t.Context(), home, 1)
	if err != nil || len(added)+len(removed) > 0 {
		t.Errorf("Edited: %v %v %v", added, removed, err)
	}
}

func addedIsThere(t *testing.T, s *stores) {
	b, a := story(t, "B", "Later.", noon.Add(time.Second)), story(t, "A", "First.", noon)
	c := story(t, "C", "First, too.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{b, a, c}})
	s.holds(t, home, 5, a, c, b)
	must(t, s.Close())
	s.Store = s.open()
	s.holds(t, home, 5, a, c, b)
}

func staleChangesNothing(t *testing.T, s *stores) {
	a, b := story(t, "A", "One.", noon), story(t, "B", "Two.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	for name, stale := range map[string]corpus.Edit{
		"an addition":               {Library: home, From: 4, Revision: 6, Add: []corpus.Stored{b}},
		"one of a new library":      {Library: home, Revision: 6, Add: []corpus.Stored{b}},
		"a removal of what is gone": {Library: home, From: 5, Revision: 6, Remove: []corpus.StoryID{b.ID}},
	} {
		if err := s.Edit(t.Context(), stale); !errors.Is(err, corpus.ErrChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.holds(t, home, 5, a)
}

func allOrNothing(t *testing.T, s *stores) {
	a, b := story(t, "A", "One.", noon), story(t, "B", "Two.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	if err := s.Edit(t.Context(), corpus.Edit{Library: home, From: 5, Revision: 6, Add: []corpus.Stored{b, a}}); err == nil {
		t.Error("a story that is there already was added")
	}
	s.holds(t, home, 5, a)
}

func removedUntilErased(t *testing.T, s *stores) {
	a, b, c := story(t, "A", "One.", noon), story(t, "A", "Another.", noon), story(t, "C", "Three.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	s.edit(t, corpus.Edit{Library: home, From: 5, Revision: 6, Remove: []corpus.StoryID{a.ID}, Add: []corpus.Stored{b, c}, Erase: noon})
	s.holds(t, home, 6, b, c)
	added, removed, err := s.Edited(t.Context(), home, 6)
	must(t, err)
	want(t, []corpus.Stored{a}, removed)
	slices.Sort(added)
	ids := []corpus.StoryID{b.ID, c.ID}
	slices.Sort(ids)
	want(t, ids, added)

	purged, next, err := s.Erase(t.Context(), noon.Add(-time.Millisecond))
	must(t, err)
	want(t, []any{[]corpus.LibraryID(nil), noon}, []any{purged, next})
	_, next, err = s.Erase(t.Context(), noon)
	must(t, err)
	want(t, time.Time{}, next)
	_, removed, err = s.Edited(t.Context(), home, 6)
	must(t, err)
	want(t, []corpus.Stored(nil), removed)
	s.holds(t, home, 6, b, c)

	s.edit(t, corpus.Edit{Library: home, From: 6, Revision: 7, Add: []corpus.Stored{a}, Remove: []corpus.StoryID{b.ID, c.ID}, Erase: noon})
	s.holds(t, home, 7, a)
}

func apart(t *testing.T, s *stores) {
	a := story(t, "A", "One.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	s.edit(t, corpus.Edit{Library: other, Revision: 9, Add: []corpus.Stored{a}})
	s.edit(t, corpus.Edit{Library: home, From: 5, Revision: 6, Remove: []corpus.StoryID{a.ID}, Erase: noon})
	s.holds(t, home, 6)
	s.holds(t, other, 9, a)
	must(t, s.Forget(t.Context(), home))
	s.holds(t, other, 9, a)
}

func settingsKept(t *testing.T, s *stores) {
	set := corpus.Settings{Role: "3", Greeted: true, Purge: noon}
	must(t, s.Set(t.Context(), home, func(got *corpus.Settings) {
		want(t, corpus.Settings{}, *got)
		*got = set
	}))
	a := story(t, "A", "One.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	must(t, s.Set(t.Context(), home, func(got *corpus.Settings) {
		want(t, set, *got)
		got.Purge = time.Time{}
	}))
	l, err := s.Library(t.Context(), home)
	must(t, err)
	want(t, corpus.Settings{Role: "3", Greeted: true}, l.Settings)
	s.holds(t, home, 5, a)
}

func forgetting(t *testing.T, s *stores) {
	a := story(t, "A", "One.", noon)
	must(t, s.Set(t.Context(), home, func(set *corpus.Settings) { *set = corpus.Settings{Role: "3", Greeted: true} }))
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	must(t, s.Forget(t.Context(), home))
	s.holds(t, home, 0)
	l, err := s.Library(t.Context(), home)
	must(t, err)
	want(t, corpus.Settings{Greeted: true}, l.Settings)
	must(t, s.Forget(t.Context(), other))
	l, err = s.Library(t.Context(), other)
	must(t, err)
	want(t, corpus.Library{}, l)
}

func purging(t *testing.T, s *stores) {
	a := story(t, "A", "One.", noon)
	s.edit(t, corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	s.edit(t, corpus.Edit{Library: other, Revision: 5, Add: []corpus.Stored{a}})
	must(t, s.Set(t.Context(), home, func(set *corpus.Settings) { set.Greeted, set.Purge = true, noon }))
	purged, next, err := s.Erase(t.Context(), noon.Add(-1))
	must(t, err)
	want(t, []any{[]corpus.LibraryID(nil), noon}, []any{purged, next})
	purged, next, err = s.Erase(t.Context(), noon)
	must(t, err)
	want(t, []any{[]corpus.LibraryID{home}, time.Time{}}, []any{purged, next})
	l, err := s.Library(t.Context(), home)
	must(t, err)
	want(t, corpus.Library{}, l)
	s.holds(t, other, 5, a)
}

func versionTells(t *testing.T, s *stores) {
	second := s.open()
	defer second.Close()
	before, err := s.Version(t.Context())
	must(t, err)
	must(t, second.Edit(t.Context(), corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{story(t, "A", "One.", noon)}}))
	after, err := s.Version(t.Context())
	must(t, err)
	again, err := s.Version(t.Context())
	must(t, err)
	if before == after || after != again {
		t.Errorf("versions %d, %d, %d", before, after, again)
	}
	s.holds(t, home, 5, story(t, "A", "One.", noon))
}

func oneOfTwo(t *testing.T, s *stores) {
	second := s.open()
	defer second.Close()
	a, b := story(t, "A", "One.", noon), story(t, "B", "Two.", noon)
	failed := make(chan error, 2)
	go func() {
		failed <- s.Edit(t.Context(), corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{a}})
	}()
	go func() {
		failed <- second.Edit(t.Context(), corpus.Edit{Library: home, Revision: 6, Add: []corpus.Stored{b}})
	}()
	if first, last := <-failed, <-failed; (first == nil) == (last == nil) || !errors.Is(errors.Join(first, last), corpus.ErrChanged) {
		t.Errorf("%v, %v", first, last)
	}
	l, err := second.Library(t.Context(), home)
	if err != nil || len(l.Entries) != 1 {
		t.Errorf("%d stories are there: %v", len(l.Entries), err)
	}
}
