package library

import (
	"context"
	"slices"
	"strings"
	"time"

	"verbatim/corpus"
)

// patience is how long a list waits for the store or an index: Discord wants its suggestions
// within three seconds.
const patience = 2 * time.Second

// Entries lists the stories of a library, the operator's first.
func (l *Libraries) Entries(id corpus.LibraryID) []corpus.Entry {
	entries := l.operator.Load().entries()
	l.mu.Lock()
	_, holds := l.revisions[id]
	l.mu.Unlock()
	if !holds {
		return entries
	}
	ctx, cancel := context.WithTimeout(l.living, patience)
	defer cancel()
	stored, err := l.store.Library(ctx, id)
	if err != nil {
		l.log.Error("listing a library", "library", id, "error", err)
	}
	return append(entries, stored.Entries...)
}

// Story is a story of the operator or of a library; false where there is none of that ID.
func (l *Libraries) Story(id corpus.LibraryID, story corpus.StoryID) (*corpus.Story, bool) {
	if s, found := l.operator.Load().story(story); found {
		return s, true
	}
	return l.ownNow(id).story(story)
}

// Names completes what was typed of a name, at most so many: those of the library and of the
// operator's stories in turn.
func (l *Libraries) Names(id corpus.LibraryID, typed string, limit int) []string {
	own, common := l.ownNow(id).names(typed, limit), l.operator.Load().names(typed, limit)
	var all []string
	for i := range max(len(own), len(common)) {
		for _, names := range [][]string{own, common} {
			if i < len(names) && !slices.ContainsFunc(all, func(n string) bool { return strings.EqualFold(n, names[i]) }) {
				all = append(all, names[i])
			}
		}
	}
	return all[:min(limit, len(all))]
}

// exampleCount is how many questions people are shown to start with.
const exampleCount = 3

// Examples are up to three questions that the stories of a library and of the operator really
// answer, those of the library first.
func (l *Libraries) Examples(id corpus.LibraryID) []corpus.Question {
	all := append(l.ownNow(id).examples(), l.operator.Load().examples()...)
	return all[:min(exampleCount, len(all))]
}

// ownNow is the index of a library's own stories, an empty one where it has none or cannot be
// opened in time.
func (l *Libraries) ownNow(id corpus.LibraryID) *snapshot {
	ctx, cancel := context.WithTimeout(l.living, patience)
	defer cancel()
	s, err := l.own(ctx, id)
	if err != nil {
		l.log.Error("opening an index", "library", id, "error", err)
	}
	if s == nil {
		return &snapshot{}
	}
	return s
}

// What a snapshot holds; nothing where it has no index.

func (s *snapshot) entries() []corpus.Entry {
	if s.Index == nil {
		return nil
	}
	return s.Index.Entries("")
}

func (s *snapshot) story(id corpus.StoryID) (*corpus.Story, bool) {
	if s.Index == nil {
		return nil, false
	}
	return s.Index.Story("", id)
}

func (s *snapshot) names(typed string, limit int) []string {
	if s.Index == nil {
		return nil
	}
	return s.Index.Names("", typed, limit)
}

func (s *snapshot) examples() []corpus.Question {
	if s.Index == nil {
		return nil
	}
	return s.Index.Examples("")
}

func (s *snapshot) examplesOf(stories []corpus.StoryID) []corpus.Question {
	if s.Index == nil {
		return nil
	}
	return s.Index.ExamplesOf(stories...)
}
