// Package reader makes stories of files.
//
// A [Reader] decides by content, since names lie, which format a file has (format.go), and its
// format turns the content into a text and its blocks: plain text (text.go), Markdown
// (markdown.go). A file that cannot be quoted is refused with a [corpus.Refusal], whose sentence is
// meant for people. [Reader.ReadPaths] finds the stories of files and folders.
package reader

import (
	"context"
	"errors"
	"path/filepath"

	"verbatim/corpus"
	"verbatim/corpus/stories"
)

// MaxBytes is how large a file may be: a book of 10,000 pages.
const MaxBytes = 32 << 20

// Reader reads files of every format. The zero Reader is ready.
type Reader struct{}

// Read makes a story of a file's content. The name is where people know it from. What cannot
// be read is a [corpus.Refusal]; other errors are not the file's fault.
func (r *Reader) Read(ctx context.Context, name string, raw []byte) (*corpus.Story, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	story, err := r.story(name, raw)
	if f := fault(""); errors.As(err, &f) {
		return nil, corpus.Refuse("%q %s", filepath.Base(name), f)
	}
	return story, err
}

func (r *Reader) story(name string, raw []byte) (*corpus.Story, error) {
	f, err := formatOf(name, raw)
	if err != nil {
		return nil, err
	}
	d, err := f.read(raw)
	if err != nil {
		return nil, err
	}
	return d.story(name)
}

// Read makes a story of a file's content, in this process.
func Read(name string, raw []byte) (*corpus.Story, error) {
	return new(Reader).Read(context.Background(), name, raw)
}

// BuiltIn is the story that is part of the program.
func BuiltIn() *corpus.Story {
	story, err := Read(stories.Name, []byte(stories.Text))
	if err != nil {
		panic(err) // the text is part of the program: a test reads it
	}
	return story
}
