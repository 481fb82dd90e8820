package bot

import (
	"context"
	"io"

	"verbatim/corpus"
)

// Keeper keeps the stories that servers add to their libraries. Its errors of type
// [corpus.Refusal] are shown to people; any other is logged, and people get a reference to it.
// What returned without an error outlives the process, and the next question sees it. When ctx
// ends first, nothing has changed.
type Keeper interface {
	// Add makes stories of drafts; one of the same title is replaced. All that can be read
	// are added at once, the others are refused in the change. Progress is told as it comes,
	// from one goroutine, before Add returns.
	Add(ctx context.Context, lib corpus.LibraryID, drafts []corpus.Draft, progress func(corpus.Progress)) (corpus.Change, error)
	// Remove takes a story out of a library, for a user.
	Remove(ctx context.Context, lib corpus.LibraryID, story corpus.StoryID, by string) (corpus.Change, error)
	// Undo takes back the change that led to a revision. It is refused where that change
	// can no longer be taken back.
	Undo(ctx context.Context, lib corpus.LibraryID, revision int64) (corpus.Change, error)
	// Export writes all that is stored of a library as a zip archive.
	Export(ctx context.Context, lib corpus.LibraryID, w io.Writer) error
	// Forget erases all that is stored of a library, its settings included, for good.
	Forget(ctx context.Context, lib corpus.LibraryID) error

	// Role is the ID of the role whose members may change the library, beside those who may
	// manage the server; empty for none.
	Role(ctx context.Context, lib corpus.LibraryID) (string, error)
	// SetRole chooses it.
	SetRole(ctx context.Context, lib corpus.LibraryID, role string) error

	// Joined notes that the bot is in the server of a library, and reports whether it was
	// not known to be: whether to greet.
	Joined(ctx context.Context, lib corpus.LibraryID) (greet bool, err error)
	// Left notes that the bot was removed from the server; the library is erased later,
	// unless it joins again.
	Left(ctx context.Context, lib corpus.LibraryID) error
	// Present notes in which servers the bot is. Those that it had joined and is not in have
	// removed it while it was away.
	Present(ctx context.Context, libs []corpus.LibraryID) error
}

// Fetcher fetches a web page that is to be a story.
type Fetcher interface {
	// Fetch returns a page's name, for people, and its content. Errors of type
	// [corpus.Refusal] are shown to people.
	Fetch(ctx context.Context, address string) (name string, raw []byte, err error)
}
