package reader

import (
	"errors"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// document is what a format makes of a file's content, and what [corpus.NewStory] needs.
type document struct {
	Title  string // empty where the content names none
	Author string
	Text   string
	Blocks []corpus.Block // in the order of Text
}

// story makes the story. A document without a title or a heading on top is named after its file.
func (d *document) story(name string) (*corpus.Story, error) {
	meta := corpus.Meta{Title: d.Title, Author: d.Author, Source: sourceOf(name)}
	if meta.Title == "" && !d.startsWithHeading() {
		meta.Title = titleOf(name)
	}
	story, err := corpus.NewStory(meta, d.Text, d.Blocks)
	if errors.Is(err, corpus.ErrEmpty) {
		return nil, noText
	}
	return story, err
}

// sourceOf is what people know a file by: its name without folders, or its whole address.
func sourceOf(name string) string {
	if strings.Contains(name, "://") {
		return name
	}
	return filepath.Base(name)
}

// isSound reports whether the blocks are places in the text, in order.
func (d *document) isSound() bool {
	at := 0
	for _, b := range d.Blocks {
		if b.Start < at || b.End < b.Start || b.End > len(d.Text) || b.Level < 0 {
			return false
		}
		at = b.End
	}
	return utf8.ValidString(d.Text)
}

// startsWithHeading reports whether a text has a title of its own: a heading before all else.
func (d *document) startsWithHeading() bool { return len(d.Blocks) > 0 && d.Blocks[0].Level > 0 }

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

// writer puts a document together, block by block.
type writer struct {
	text   strings.Builder
	blocks []corpus.Block
}

// write adds a block with an empty line after it: a passage, or a heading of a level from 1.
func (w *writer) write(block string, level int) {
	if block == "" {
		return
	}
	start := w.text.Len()
	w.text.WriteString(block)
	w.blocks = append(w.blocks, corpus.Block{Span: corpus.Span{Start: start, End: w.text.Len()}, Level: level})
	w.text.WriteString("\n\n")
}

func (w *writer) document() *document {
	return &document{Text: w.text.String(), Blocks: w.blocks}
}
