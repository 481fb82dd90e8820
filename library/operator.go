package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"verbatim/corpus"
	"verbatim/index"
)

// operatorFolder is where the index of the operator's stories is, beside those of servers,
// which have digits for names.
const operatorFolder = "operator"

// SetOperator makes these the stories that everybody sees. Those from before are asked until
// their index is there.
func (l *Libraries) SetOperator(ctx context.Context, stories []*corpus.Story) error {
	x, err := l.operatorIndex(ctx, stories)
	if err != nil {
		return writing(err)
	}
	now := &snapshot{Index: x}
	l.retire(l.operator.Swap(now), false)
	l.verifyOperator(now, stories)
	return nil
}

// operatorIndex opens the index that an earlier start left, if it is of the same stories, and
// else builds it.
func (l *Libraries) operatorIndex(ctx context.Context, stories []*corpus.Story) (*index.Index, error) {
	if l.folder == "" {
		return index.New(stories)
	}
	folder, revision := filepath.Join(l.folder, operatorFolder), revisionOf(stories)
	x, err := index.Open(folder)
	switch {
	case err == nil && x.Revision() == revision:
		return x, nil
	case err == nil:
		err = x.Close()
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	case errors.Is(err, index.ErrBroken):
		l.log.Warn("the operator's index is built anew", "error", err)
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return l.buildOperator(ctx, stories)
}

// buildOperator builds the index of the operator's stories.
func (l *Libraries) buildOperator(ctx context.Context, stories []*corpus.Story) (*index.Index, error) {
	if err := l.begin(ctx); err != nil {
		return nil, err
	}
	defer l.done()
	folder, revision := filepath.Join(l.folder, operatorFolder), revisionOf(stories)
	if err := index.Build(ctx, folder, revision, withoutError(slices.Values(stories)), nil); err == nil || ctx.Err() != nil {
		return index.Open(folder)
	} else {
		l.log.Warn("the operator's index cannot be kept, and is made in memory", "error", err)
	}
	return index.New(stories)
}

// revisionOf names a set of stories.
func revisionOf(stories []*corpus.Story) string {
	h := sha256.New()
	for _, s := range stories {
		h.Write([]byte(s.ID + "/"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// ofOperator tells whether a story is one of the operator's.
func (l *Libraries) ofOperator(id corpus.StoryID) bool {
	_, is := l.operator.Load().story(id)
	return is
}
