package corpus

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// Library is what is stored of a library, but for its texts.
type Library struct {
	Settings
	Revision int64   // of its stories: it grows with each change; 0 where there never was one
	Entries  []Entry // in the order of [SortStored]
}

// Settings are what is noted of a server beside its stories. The zero value is that of a
// server never heard of.
type Settings struct {
	Role    string    // ID of the role whose members may change the library too; empty for none
	Greeted bool      // it was told what the bot does
	Purge   time.Time // when all of it is to be erased, since the bot was removed; zero for never
}

// Stored is a story as a library has it.
type Stored struct {
	*Story
	Added   time.Time // in milliseconds
	AddedBy string    // ID of the user
}

// Entry lists a stored story.
func (s Stored) Entry() Entry {
	e := EntryOf(s.Story)
	e.Added, e.AddedBy = s.Added, s.AddedBy
	return e
}

// SortStored brings the stories of a library into their order: first added, first.
func SortStored(stories []Stored) {
	slices.SortFunc(stories, func(a, b Stored) int {
		return cmp.Or(a.Added.Compare(b.Added), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
}

// Edit is a change of a library's stories. A store takes all of it or nothing.
type Edit struct {
	Library  LibraryID
	From     int64 // the revision that it was made of
	Revision int64 // that it leads to, above all before
	Remove   []StoryID
	Add      []Stored  // after the removal
	Erase    time.Time // when the text of what is removed is to be erased
}

// Errors of a store.
var (
	// ErrChanged is returned for an edit of a revision that is not the library's any more.
	ErrChanged = errors.New("the library was changed meanwhile")
	// ErrFull is what an error wraps that comes of a disk that cannot be written to: most often
	// it is full. Nothing was changed then.
	ErrFull = errors.New("the disk cannot be written to")
)

// Blocks are the headings and passages, from which [NewStory] makes the same story again.
func (s *Story) Blocks() []Block {
	blocks := make([]Block, 0, len(s.Passages)+len(s.Sections))
	for _, section := range s.Sections {
		if section.Level > 0 {
			blocks = append(blocks, Block{section.Heading, section.Level})
		}
		for p := section.Passages.Start; p < section.Passages.End; p++ {
			blocks = append(blocks, Block{s.Passages[p].Span, 0})
		}
	}
	return blocks
}

// MarshalJSON writes a block as [start, end, level].
func (b Block) MarshalJSON() ([]byte, error) { return json.Marshal([3]int{b.Start, b.End, b.Level}) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (b *Block) UnmarshalJSON(raw []byte) error {
	var three [3]int
	if err := json.Unmarshal(raw, &three); err != nil {
		return err
	}
	*b = Block{Span{three[0], three[1]}, three[2]}
	return nil
}
