package bot

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"
)

const (
	// searchesPerProcessor is how many searches run at once on each processor: they compute,
	// but also wait for pages of the index to be read.
	searchesPerProcessor = 2
	// mostWaiting is how many questions of a server may wait; at a millisecond each, that is
	// less than a second's wait for the last of them.
	mostWaiting = 500
	// longestWait is how long one waits at most: when more is asked than can be answered for
	// long, those who are answered shall not have waited for ever.
	longestWait = 5 * time.Second
)

// errCrowded says that too many questions wait.
var errCrowded = errors.New("too many questions are waiting")

// queue lets a few searches run at once. Servers take turns, so that none waits for all that
// another asks.
type queue struct {
	mu      sync.Mutex
	free    int                        // searches that may start now
	lines   map[string][]chan struct{} // who waits, by server, first come first
	turns   []string                   // servers that have a line, the next one first
	waiting int
}

func newQueue() *queue {
	return &queue{free: searchesPerProcessor * runtime.GOMAXPROCS(0), lines: map[string][]chan struct{}{}}
}

// enter waits for a server's turn. The search may then run, until leave is called.
func (q *queue) enter(ctx context.Context, server string) (leave func(), err error) {
	turn, err := q.line(server)
	if err != nil {
		return nil, err
	}
	select {
	case <-turn:
		return q.leave, nil
	case <-time.After(longestWait):
		err = errCrowded
	case <-ctx.Done():
		err = ctx.Err()
	}
	if !q.withdraw(server, turn) {
		q.leave() // its turn came in this moment
	}
	return nil, err
}

// line puts a question at the end of its server's line. What it returns is closed when it is its
// turn.
func (q *queue) line(server string) (chan struct{}, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	turn := make(chan struct{})
	line := q.lines[server]
	switch {
	case q.free > 0:
		q.free--
		close(turn)
		return turn, nil
	case len(line) >= mostWaiting:
		return nil, errCrowded
	case len(line) == 0:
		q.turns = append(q.turns, server)
	}
	q.lines[server] = append(line, turn)
	q.waiting++
	return turn, nil
}

// leave ends a search, and begins the first one of the server whose turn it is.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.turns) == 0 {
		q.free++
		return
	}
	server := q.turns[0]
	q.turns = append(q.turns[1:], server) // to the end, where it has a line still
	next := q.lines[server][0]
	q.remove(server, 0)
	close(next)
}

// withdraw takes a question out of its line; false where it is in none any more.
func (q *queue) withdraw(server string, turn chan struct{}) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.lines[server], turn)
	if i < 0 {
		return false
	}
	q.remove(server, i)
	return true
}

func (q *queue) remove(server string, i int) {
	q.lines[server] = slices.Delete(q.lines[server], i, i+1)
	q.waiting--
	if len(q.lines[server]) == 0 {
		delete(q.lines, server)
		q.turns = slices.DeleteFunc(q.turns, func(s string) bool { return s == server })
	}
}

// length is how many questions wait.
func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting
}
