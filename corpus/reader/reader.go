// Package reader makes stories of files: plain text (text.go) and Markdown (markdown.go).
//
// What a file is, is read from its content, since names lie; only Markdown is told from plain
// text by its name. A file that cannot be quoted is refused with a [Refusal], whose sentence is
// meant for people. Files and folders are found by [ReadPaths].
package reader

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"verbatim/corpus"
	"verbatim/corpus/stories"
)

// MaxBytes is how large a file may be: a book of 10,000 pages.
const MaxBytes = 32 << 20

// Refusal says in one sentence for people why a file cannot be read, and what to do.
type Refusal struct{ sentence string }

// Error is the same sentence.
func (r *Refusal) Error() string { return r.sentence }

// Refusal is the sentence.
func (r *Refusal) Refusal() string { return r.sentence }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// Read makes a story of a file's content. The name is where people know it from.
func Read(name string, raw []byte) (*corpus.Story, error) {
	text, err := decode(name, raw)
	if err != nil {
		return nil, err
	}
	meta := corpus.Meta{Source: filepath.Base(name)}
	var blocks []corpus.Block
	if isMarkdown(name) {
		text, blocks = markdownBlocks(text, &meta)
	} else {
		blocks = plainBlocks(text, &meta)
	}
	if meta.Title == "" && !startsWithHeading(blocks) {
		meta.Title = titleOf(name)
	}
	story, err := corpus.NewStory(meta, text, blocks)
	if errors.Is(err, corpus.ErrEmpty) {
		return nil, refuse("%q holds no text that could be quoted.", meta.Source)
	}
	return story, err
}

// plainBlocks are those of a plain text after its front matter.
func plainBlocks(text string, meta *corpus.Meta) []corpus.Block {
	start := frontMatter(text, meta)
	blocks := textBlocks(text[start:])
	for i := range blocks {
		blocks[i].Start += start
		blocks[i].End += start
	}
	return blocks
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// startsWithHeading reports whether a text has a title of its own: a heading before all else.
func startsWithHeading(blocks []corpus.Block) bool { return len(blocks) > 0 && blocks[0].Level > 0 }

// titleOf makes a title of a file's name: "field-guide_2.txt" is "Field guide 2".
func titleOf(name string) string {
	base := filepath.Base(name)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	words := strings.FieldsFunc(base, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	title := []rune(strings.Join(words, " "))
	if len(title) == 0 {
		return "Untitled"
	}
	title[0] = unicode.ToUpper(title[0])
	return string(title)
}

// BuiltIn is the story that is part of the program.
func BuiltIn() *corpus.Story {
	story, err := Read(stories.Name, []byte(stories.Text))
	if err != nil {
		panic(err) // the text is part of the program: a test reads it
	}
	return story
}
