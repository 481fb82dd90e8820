package library

import (
	"errors"

	"verbatim/corpus"
	"verbatim/index"
)

// verify reads all of an index that was just opened, in the background. Where it is damaged, it is
// built anew in its place while it answers.
func (l *Libraries) verify(s *shelf, open *snapshot) {
	l.background.Go(func() {
		if err := open.Verify(l.living); !errors.Is(err, index.ErrBroken) {
			return
		}
		l.log.Warn("an index is damaged, and built anew", "library", s.id)
		stories, revision, err := l.store.Stories(l.living, s.id)
		if err != nil || revision != open.revision {
			return // what is newer is built without us
		}
		anew, err := l.make(l.living, s.id, revision, stories, nil)
		if err != nil {
			l.log.Warn("an index cannot be built anew", "library", s.id, "error", err)
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if s.open != open {
			l.retire(anew, false)
			return
		}
		s.open = anew
		l.retire(open, false) // its folder is the new one's
	})
}

// verifyOperator does the same for the operator's stories.
func (l *Libraries) verifyOperator(open *snapshot, stories []*corpus.Story) {
	l.background.Go(func() {
		if err := open.Verify(l.living); !errors.Is(err, index.ErrBroken) {
			return
		}
		l.log.Warn("the operator's index is damaged, and built anew")
		x, err := l.buildOperator(l.living, stories)
		if err != nil {
			l.log.Warn("the operator's index cannot be built anew", "error", err)
			return
		}
		anew := &snapshot{Index: x}
		if !l.operator.CompareAndSwap(open, anew) {
			l.retire(anew, false)
			return
		}
		l.retire(open, false)
	})
}
