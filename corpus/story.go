package corpus

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a place in a text: byte offsets, half-open.
type Span struct{ Start, End int }

// Len is the number of bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// StoryID names a story by its content: eight letters and digits. A story whose words
// change gets another ID, so whatever kept an ID never points into the wrong text.
type StoryID string

// Story is one text that can be asked about. It does not change once made.
type Story struct {
	ID     StoryID
	Title  string
	Author string // empty where the text names none
	Source string // where it came from, for people: a file's name or an address

	Text     string // valid UTF-8; every quote is a slice of it
	Sections []Section
	Passages []Passage
}

// Section is a heading with the passages under it. The passages before the first
// heading are in a section without a title.
type Section struct {
	Title    string
	Level    int  // 1 is the outermost; 0 for the section before the first heading
	Heading  Span // of the heading in Story.Text; empty where there is none
	Passages Span // indices into Story.Passages, half-open
}

// Passage is the unit of retrieval: a paragraph, a list item or the row of a table.
type Passage struct {
	Span
	Section   int // index into Story.Sections
	Sentences []Sentence
}

// Sentence is a part of a passage that can answer.
type Sentence struct{ Span }

// Meta is what a reader learned about a story beside its text.
type Meta struct{ Title, Author, Source string }

// Block is a piece of text that a reader recognised: a passage, or a heading.
type Block struct {
	Span
	Level int // of a heading, from 1; 0 for a passage
}

// ErrEmpty is returned for a text that has nothing to quote.
var ErrEmpty = errors.New("there is no text in it to quote")

// NewStory makes a story from a text whose blocks a reader found. The blocks are in
// order and do not overlap; spaces at their ends are trimmed, blocks without a letter
// or digit are dropped. Together the headings and passages hold all of the text that the
// blocks held, and the sentences of a passage tile it but for the white space between
// them. A story without a title is named after its first heading, else its source.
func NewStory(meta Meta, text string, blocks []Block) (*Story, error) {
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("corpus: the text of %q is not valid UTF-8", meta.Source)
	}
	if at := misplaced(text, blocks); at >= 0 {
		return nil, fmt.Errorf("corpus: block %d of %q is out of place", at, meta.Source)
	}
	s := &Story{Title: meta.Title, Author: meta.Author, Source: meta.Source, Text: text}
	for _, b := range blocks {
		b.Span = trim(text, b.Span)
		switch {
		case !hasWord(text[b.Start:b.End]):
		case b.Level > 0:
			s.startSection(b)
		default:
			s.addPassage(b.Span)
		}
	}
	if len(s.Passages) == 0 {
		return nil, ErrEmpty
	}
	s.nameIfUntitled()
	s.ID = idOf(s.Title, s.Text)
	return s, nil
}

// misplaced is the first block that is not a piece of whole characters after the one before;
// -1 where there is none.
func misplaced(text string, blocks []Block) int {
	boundary := func(i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
	end := 0
	for i, b := range blocks {
		if b.Start < end || b.End < b.Start || b.End > len(text) || !boundary(b.Start) || !boundary(b.End) || b.Level < 0 {
			return i
		}
		end = b.End
	}
	return -1
}

// Renamed is the story under another title, and so with another ID.
func (s *Story) Renamed(title string) *Story {
	renamed := *s
	renamed.Title, renamed.ID = title, idOf(title, s.Text)
	return &renamed
}

func (s *Story) startSection(b Block) {
	n := len(s.Passages)
	s.Sections = append(s.Sections, Section{Title: Unwrap(s.Text[b.Start:b.End]), Level: b.Level, Heading: b.Span, Passages: Span{n, n}})
}

func (s *Story) addPassage(at Span) {
	if len(s.Sections) == 0 {
		s.Sections = []Section{{}}
	}
	section := len(s.Sections) - 1
	s.Passages = append(s.Passages, Passage{Span: at, Section: section, Sentences: sentences(s.Text, at)})
	s.Sections[section].Passages.End++
}

func (s *Story) nameIfUntitled() {
	if s.Title == "" && len(s.Sections) > 0 {
		s.Title = s.Sections[0].Title
	}
	if s.Title == "" {
		s.Title = s.Source
	}
	if s.Title == "" {
		s.Title = "Untitled"
	}
}

// SectionTitle is the heading that a passage stands under, empty where there is none or
// where it is the story's own title.
func (s *Story) SectionTitle(passage int) string {
	title := s.Sections[s.Passages[passage].Section].Title
	if title == s.Title {
		return ""
	}
	return title
}

// idOf derives the ID of a story from its content: 40 bits of its SHA-256, so that two of
// a million stories collide once in two runs of such a library, and of a thousand never.
func idOf(title, text string) StoryID {
	h := sha256.New()
	h.Write([]byte(title))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return StoryID(strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:5])))
}

// trim narrows a span to exclude white space at its ends.
func trim(text string, at Span) Span {
	part := text[at.Start:at.End]
	left := len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	right := len(strings.TrimRightFunc(part, unicode.IsSpace))
	if right < left {
		return Span{at.Start, at.Start}
	}
	return Span{at.Start + left, at.Start + right}
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Unwrap joins the lines of a text: every run of white space becomes one space.
func Unwrap(s string) string { return strings.Join(strings.Fields(s), " ") }
