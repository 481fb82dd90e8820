package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"verbatim/corpus"
	"verbatim/index"
)

// snapshot is an open index of a library's stories as of a revision. One without an index
// holds no stories.
type snapshot struct {
	*index.Index
	revision int64
	folder   string // empty for one in memory
}

// retire closes a snapshot once the questions to it are answered, and removes its files if
// another has taken its place.
func (l *Libraries) retire(s *snapshot, replaced bool) {
	if s == nil || s.Index == nil {
		return
	}
	l.background.Go(func() {
		err := s.Close()
		if replaced && s.folder != "" {
			err = errors.Join(err, os.RemoveAll(s.folder))
		}
		if err != nil {
			l.log.Warn("closing an index", "error", err)
		}
	})
}

// make indexes the stories of a library as of a revision. It is for the caller to close.
func (l *Libraries) make(ctx context.Context, id corpus.LibraryID, revision int64, stories []corpus.Stored, progress func(passages int)) (*snapshot, error) {
	s := &snapshot{revision: revision}
	if len(stories) == 0 {
		return s, nil
	}
	var err error
	if l.folder == "" {
		s.Index, err = index.New(slices.Collect(texts(stories)))
		return s, err
	}
	s.folder = l.revisionFolder(id, revision)
	if err := index.Build(ctx, s.folder, strconv.FormatInt(revision, 10), withoutError(texts(stories)), progress); err != nil {
		return nil, writing(err)
	}
	if s.Index, err = index.Open(s.folder); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
	return s, nil
}

// load opens the index of a library as it is stored now. What is missing or broken is built
// anew; where it cannot be, the index is made in memory, so that questions are answered.
func (l *Libraries) load(ctx context.Context, id corpus.LibraryID) (*snapshot, error) {
	stored, err := l.store.Library(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("library: %w", err)
	}
	if len(stored.Entries) == 0 {
		return &snapshot{revision: stored.Revision}, nil
	}
	if l.folder != "" {
		folder := l.revisionFolder(id, stored.Revision)
		x, err := index.Open(folder)
		if err == nil {
			return &snapshot{x, stored.Revision, folder}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			l.log.Warn("an index is built anew", "library", id, "error", err)
		}
	}
	if err := l.begin(ctx); err != nil {
		return nil, err
	}
	defer l.done()
	stories, revision, err := l.store.Stories(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("library: %w", err)
	}
	s, err := l.make(ctx, id, revision, stories, nil)
	if err == nil || ctx.Err() != nil {
		return s, err
	}
	l.log.Warn("an index cannot be kept, and is made in memory", "library", id, "error", err)
	x, err := index.New(slices.Collect(texts(stories)))
	return &snapshot{Index: x, revision: revision}, err
}

func (l *Libraries) revisionFolder(id corpus.LibraryID, revision int64) string {
	return filepath.Join(l.folderOf(id), strconv.FormatInt(revision, 10))
}

// begin waits for a place among those who read and index; done gives it back.
func (l *Libraries) begin(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Libraries) done() { <-l.slots }

func texts(stories []corpus.Stored) iter.Seq[*corpus.Story] {
	return func(yield func(*corpus.Story) bool) {
		for _, s := range stories {
			if !yield(s.Story) {
				return
			}
		}
	}
}

func withoutError(stories iter.Seq[*corpus.Story]) iter.Seq2[*corpus.Story, error] {
	return func(yield func(*corpus.Story, error) bool) {
		for s := range stories {
			if !yield(s, nil) {
				return
			}
		}
	}
}
