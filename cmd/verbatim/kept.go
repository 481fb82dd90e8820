package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"iter"
	"slices"

	"verbatim/corpus"
	"verbatim/index"
)

// keptIndex opens the index of these stories that an earlier start left in a folder, and builds
// it where there is none, or one of other stories, or a broken one. Without a folder it is made
// in memory.
func keptIndex(folder string, stories []*corpus.Story) (*index.Index, error) {
	if folder == "" {
		return index.New(stories)
	}
	revision := revisionOf(stories)
	x, err := index.Open(folder)
	switch {
	case err == nil && x.Revision() == revision:
		return x, nil
	case err == nil:
		err = x.Close()
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, index.ErrBroken):
		err = nil
	}
	if err != nil {
		return nil, err
	}
	if err := index.Build(context.Background(), folder, revision, each(stories), nil); err != nil {
		return nil, err
	}
	return index.Open(folder)
}

// revisionOf names a set of stories.
func revisionOf(stories []*corpus.Story) string {
	h := sha256.New()
	for _, s := range stories {
		h.Write([]byte(s.ID + "/"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func each(stories []*corpus.Story) iter.Seq2[*corpus.Story, error] {
	return func(yield func(*corpus.Story, error) bool) {
		for s := range slices.Values(stories) {
			if !yield(s, nil) {
				return
			}
		}
	}
}
