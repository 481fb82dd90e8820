package library

import (
	"context"
	"time"

	"verbatim/corpus"
)

// Store keeps libraries where they outlive the program: it is the truth, of which indexes are
// made. Each of its methods is one transaction. It may be used by several goroutines, and the
// same data by several processes, each with a store of its own. The package storetest says in
// tests what is expected of one.
//
// An error that comes of a disk that cannot be written to wraps [corpus.ErrFull].
type Store interface {
	// Revisions are those of all libraries that hold stories.
	Revisions(ctx context.Context) (map[corpus.LibraryID]int64, error)
	// Library is what is stored of a library, but for its texts. One that was never heard of is
	// the zero value.
	Library(ctx context.Context, id corpus.LibraryID) (corpus.Library, error)
	// Stories are those of a library, in order, with the revision that they are of.
	Stories(ctx context.Context, id corpus.LibraryID) (stories []corpus.Stored, revision int64, err error)

	// Edit changes the stories of a library. It returns [corpus.ErrChanged] where they are not of
	// the revision that the edit was made of.
	Edit(ctx context.Context, e corpus.Edit) error
	// Edited is what the edit that led to a revision did: which of its stories are still there,
	// and those it removed, as far as they are not erased yet.
	Edited(ctx context.Context, id corpus.LibraryID, revision int64) (added []corpus.StoryID, removed []corpus.Stored, err error)
	// Set changes the settings of a library.
	Set(ctx context.Context, id corpus.LibraryID, change func(*corpus.Settings)) error

	// Forget erases all that is stored of a library. When it returns nothing is left of it in
	// any file, but for [corpus.Settings.Greeted].
	Forget(ctx context.Context, id corpus.LibraryID) error
	// Erase erases the texts that were removed and all of the libraries, whose time has come.
	// When it returns nothing is left of them in any file. It names the libraries that it
	// erased, and when the next is to be done; the zero time where nothing waits.
	Erase(ctx context.Context, now time.Time) (purged []corpus.LibraryID, next time.Time, err error)

	// Version changes when anybody changes the data, in whatever process. It is cheap.
	Version(ctx context.Context) (int64, error)
	// Close releases the store.
	Close() error
}
