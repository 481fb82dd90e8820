package library

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"verbatim/corpus"
)

// tidy removes the files of snapshots of a library before a revision. Those after it may be what another process is
// making of that very revision.
func (l *Libraries) tidy(id corpus.LibraryID, before int64) {
	if l.folder == "" {
		return
	}
	l.each(id, func(path string, _ os.DirEntry) bool {
		name, _, _ := strings.Cut(filepath.Base(path), ".") // without ".new" or ".old"
		revision, err := strconv.ParseInt(name, 10, 64)
		return err != nil || revision < before
	})
}

// leftover is how old the files of a snapshot are that nobody can be making any more.
const leftover = 10 * time.Minute

// sweep removes what crashes left of indexes, here or in other processes.
func (l *Libraries) sweep() {
	if l.folder == "" {
		return
	}
	entries, _ := os.ReadDir(l.folder)
	for _, entry := range entries {
		id := corpus.LibraryID(entry.Name())
		if check(id) != nil {
			continue
		}
		l.mu.Lock()
		known := strconv.FormatInt(l.revisions[id], 10)
		l.mu.Unlock()
		l.each(id, func(_ string, e os.DirEntry) bool {
			info, err := e.Info()
			return err == nil && e.Name() != known && time.Since(info.ModTime()) > leftover
		})
	}
}

// each removes what is in the folder of a library and is to be removed, and the folder when
// nothing is left in it. What cannot be removed now is tried again by the next sweep.
func (l *Libraries) each(id corpus.LibraryID, remove func(path string, e os.DirEntry) bool) {
	entries, _ := os.ReadDir(l.folderOf(id))
	for _, e := range entries {
		if path := filepath.Join(l.folderOf(id), e.Name()); remove(path, e) {
			os.RemoveAll(path)
		}
	}
	os.Remove(l.folderOf(id)) // fails while it holds something
}
