package library

import (
	"context"
	"time"

	"verbatim/corpus"
)

// shelf is a library at work. But for changing, it is guarded by the mutex of the libraries.
type shelf struct {
	id       corpus.LibraryID
	changing chan struct{} // one place, for who changes the library

	open    *snapshot // nil while it is closed
	opening *opening  // nil while nobody opens it
	used    time.Time
}

// opening is under way until done is closed; then err says how it ended.
type opening struct {
	done chan struct{}
	err  error
}

// shelf is that of a library. The mutex is held.
func (l *Libraries) shelf(id corpus.LibraryID) *shelf {
	s := l.shelves[id]
	if s == nil {
		s = &shelf{id: id, changing: make(chan struct{}, 1)}
		l.shelves[id] = s
	}
	return s
}

// own is the index of a library's own stories, which is opened where it is not; nil where it
// has none.
func (l *Libraries) own(ctx context.Context, id corpus.LibraryID) (*snapshot, error) {
	for {
		l.mu.Lock()
		if _, holds := l.revisions[id]; !holds {
			l.mu.Unlock()
			return nil, nil
		}
		s := l.shelf(id)
		s.used = time.Now()
		if open := s.open; open != nil {
			l.mu.Unlock()
			return open, nil
		}
		o := l.reopen(s)
		l.mu.Unlock()
		select {
		case <-o.done:
			if o.err != nil {
				return nil, o.err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// reopen opens the index of a library as it is stored now, in the background, and puts it in
// the place of the one that is open. The mutex is held.
func (l *Libraries) reopen(s *shelf) *opening {
	if s.opening != nil {
		return s.opening
	}
	o := &opening{done: make(chan struct{})}
	s.opening = o
	l.background.Go(func() {
		defer close(o.done)
		var opened *snapshot
		opened, o.err = l.load(l.living, s.id)
		l.mu.Lock()
		defer l.mu.Unlock()
		s.opening = nil
		if o.err != nil {
			return
		}
		l.put(s, opened)
		if s.open == opened && opened.Index != nil {
			l.verify(s, opened)
		}
		if known, holds := l.revisions[s.id]; holds && s.open != nil && s.open.revision < known {
			l.reopen(s)
		}
	})
	return o
}

// put makes a snapshot the one that answers, unless a newer one is known. The mutex is held.
func (l *Libraries) put(s *shelf, opened *snapshot) {
	known, holds := l.revisions[s.id]
	switch {
	case !holds || opened.revision < known || s.open != nil && opened.revision <= s.open.revision:
		l.retire(opened, opened.revision != known)
		return
	case opened.Index == nil:
		delete(l.revisions, s.id)
		opened = nil
	}
	l.retire(s.open, true)
	s.open, s.used = opened, time.Now()
	l.closeIdle(s)
}

// installed notes a change of ours: the next question is answered from it.
func (l *Libraries) installed(id corpus.LibraryID, now *snapshot) {
	l.mu.Lock()
	l.written++
	l.revisions[id] = now.revision
	l.put(l.shelf(id), now)
	l.mu.Unlock()
	l.tidy(id, now.revision)
}

// closeIdle closes those that were asked least recently, as long as too many are open, but not
// the one that is to be asked. The mutex is held.
func (l *Libraries) closeIdle(but *shelf) {
	for {
		open, oldest := 0, (*shelf)(nil)
		for _, s := range l.shelves {
			if s.open == nil {
				continue
			}
			open++
			if s != but && (oldest == nil || s.used.Before(oldest.used)) {
				oldest = s
			}
		}
		if open <= l.most || oldest == nil {
			return
		}
		l.retire(oldest.open, false)
		oldest.open = nil
	}
}

// reload notes what other processes changed. What is open is replaced in the background.
func (l *Libraries) reload(ctx context.Context) error {
	for {
		l.mu.Lock()
		written := l.written
		l.mu.Unlock()
		stored, err := l.store.Revisions(ctx)
		if err != nil {
			return err
		}
		l.mu.Lock()
		if written != l.written { // what was read may be older than what we wrote
			l.mu.Unlock()
			continue
		}
		l.revisions = stored
		for id, s := range l.shelves {
			revision, holds := stored[id]
			switch {
			case s.open == nil:
			case !holds:
				l.retire(s.open, true)
				s.open = nil
			case revision > s.open.revision:
				l.reopen(s)
			}
		}
		l.mu.Unlock()
		return nil
	}
}
