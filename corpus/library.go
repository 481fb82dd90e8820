package corpus

import "time"

// LibraryID names the stories that one server keeps: the ID of its guild. The empty ID
// is no server's, and sees only what the operator gives to everybody.
type LibraryID string

// Entry is a story as a list shows it: all but its text.
type Entry struct {
	ID       StoryID
	Title    string
	Author   string // empty where the text names none
	Source   string
	Sections int // those with a heading
	Passages int
	Bytes    int // of its text

	Added   time.Time // zero for the operator's stories
	AddedBy string    // ID of the user who added it; empty for the operator's
}

// EntryOf lists a story.
func EntryOf(s *Story) Entry {
	e := Entry{ID: s.ID, Title: s.Title, Author: s.Author, Source: s.Source, Passages: len(s.Passages), Bytes: len(s.Text)}
	for _, section := range s.Sections {
		if section.Title != "" {
			e.Sections++
		}
	}
	return e
}

// Draft is a file that somebody wants to be a story of a library.
type Draft struct {
	Name    string // of the file, for people
	Title   string // what the story is to be called; empty for what the file says
	Content []byte
	AddedBy string // ID of the user
}

// Progress is how far the adding of drafts has come.
type Progress struct {
	Draft    string // name of the file that is being read; empty once all are
	Indexed  int    // passages
	Passages int    // to be indexed; 0 while files are being read
}

// Change is what was done to a library. It can be undone until Undo; then what it removed is
// erased, at the latest at Erased.
type Change struct {
	Revision int64 // of the library after it; 0 where nothing changed
	Stories  []StoryChange
	Examples []Question // up to three that the stories added really answer
	Took     time.Duration
	Undo     time.Time
	Erased   time.Time // zero where nothing was removed
}

// StoryChange is what became of one story, or of a draft that was to be one.
type StoryChange struct {
	Name    string // of the draft's file
	Entry   Entry  // of the story added or removed
	Removed bool
	// Replaced tells that a story of the same title stood there before. Of its passages Kept
	// stand in the new one word for word, Gone do not; New were not there before.
	Replaced        bool
	Kept, New, Gone int
	// Refused is why a draft is not in the library, a [Refusal]; nil where it is.
	Refused error
}
