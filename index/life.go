package index

import "sync"

// life keeps an index open while it is asked.
type life struct {
	lock  sync.RWMutex
	ended bool
}

// begin holds an index open until done; false where it is closed.
func (l *life) begin() (done func(), ok bool) {
	l.lock.RLock()
	if l.ended {
		l.lock.RUnlock()
		return nil, false
	}
	return l.lock.RUnlock, true
}

// end waits for all that began, and closes once.
func (l *life) end(closing func() error) error {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.ended {
		return nil
	}
	l.ended = true
	return closing()
}
