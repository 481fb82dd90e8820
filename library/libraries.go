package library

import (
	"context"
	"log/slog"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"verbatim/corpus"
)

// Reader makes stories of files. Its errors that are a [corpus.Refusal] are for people.
type Reader interface {
	Read(ctx context.Context, name string, raw []byte) (*corpus.Story, error)
}

// Options are the optional settings of libraries. The zero value works.
type Options struct {
	// Folder is where indexes are kept. Default: in memory.
	Folder string
	// Limits are what a server may keep. Default: as much as they like.
	Limits Limits
	// Open is how many servers' indexes are open at most while nobody asks them.
	// Default: 32, whose memory docs/operations.md has.
	Open int
	// Log is told of what is done, without people's words. Default: nowhere.
	Log *slog.Logger
}

const defaultOpen = 32

// Libraries are those of all servers, with the operator's stories that each of them sees.
type Libraries struct {
	store  Store
	reader Reader
	limits Limits
	folder string // empty for indexes in memory
	most   int    // indexes open
	log    *slog.Logger

	operator atomic.Pointer[snapshot]
	slots    chan struct{} // a place for each change that reads or indexes at the same time

	living     context.Context // ends with Close
	end        context.CancelFunc
	background sync.WaitGroup

	mu        sync.Mutex
	revisions map[corpus.LibraryID]int64 // of those that hold stories
	written   int                        // grows with each change of ours to revisions
	shelves   map[corpus.LibraryID]*shelf
}

// New serves the libraries of a store. Until [Libraries.SetOperator] is called there are no
// stories of the operator.
func New(ctx context.Context, store Store, reader Reader, o Options) (*Libraries, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Open == 0 {
		o.Open = defaultOpen
	}
	l := &Libraries{store: store, reader: reader, limits: o.Limits, folder: o.Folder, most: o.Open, log: o.Log,
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)), shelves: map[corpus.LibraryID]*shelf{}}
	l.living, l.end = context.WithCancel(context.Background())
	l.operator.Store(&snapshot{})
	var err error
	l.revisions, err = store.Revisions(ctx)
	return l, err
}

// Close ends what goes on in the background and closes all indexes. The store stays open.
func (l *Libraries) Close() error {
	l.end()
	l.mu.Lock()
	for _, s := range l.shelves {
		l.retire(s.open, false)
		s.open = nil
	}
	l.revisions = nil
	l.mu.Unlock()
	l.retire(l.operator.Swap(&snapshot{}), false)
	l.background.Wait()
	return nil
}

// folderOf is where the indexes of a library are.
func (l *Libraries) folderOf(id corpus.LibraryID) string {
	return filepath.Join(l.folder, string(id))
}

// check refuses an ID that is no guild's: it names a folder, too.
func check(id corpus.LibraryID) error {
	if _, err := strconv.ParseUint(string(id), 10, 64); err != nil {
		return corpus.Refuse("%q is not the ID of a server: it has only digits, and Discord copies it with Copy Server ID.", string(id))
	}
	return nil
}
