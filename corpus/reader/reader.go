// Package reader makes stories of files.
//
// A [Reader] decides by content, since names lie, which format a file has (format.go), and its
// format turns the content into a document, which is a text and its blocks: plain text (text.go),
// Markdown (markdown.go), HTML (html.go), PDF (pdf.go), and what is packed into an archive
// (container.go): DOCX (docx.go), ODT (odt.go) and EPUB (epub.go). A file that cannot be quoted is
// refused with a [corpus.Refusal].
//
// Files are not trusted: a Reader that [New] makes parses them in a child process (apart.go,
// child.go). [Reader.ReadPaths] finds the stories of files and folders.
package reader

import (
	"context"
	"errors"
	"sync"

	"verbatim/corpus"
	"verbatim/corpus/stories"
)

// MaxBytes is how large a file may be: a book of 10,000 pages.
const MaxBytes = 32 << 20

// Reader reads files of every format. The zero Reader is ready; it reads all of them in this
// process. One that [New] makes is for files that are not to be trusted.
type Reader struct {
	command []string
	cache   string
	turns   chan struct{} // one a child process

	preparing sync.Mutex
	prepared  bool // the cache holds PDFium
}

// New makes a Reader that reads what needs a large parser in a child process, so that a hostile
// file can neither fill the memory nor take more than 20 s of a processor. The command starts a program that
// calls [Child]; it is given the flag --cache. The folder cache keeps what PDFium was compiled
// to: its contents are run, so nobody else may write there. The empty one keeps nothing, and
// each PDF then costs 5 s of processor time more.
func New(command []string, cache string) *Reader {
	const atOnce = 2 // child processes
	return &Reader{command: command, cache: cache, turns: make(chan struct{}, atOnce)}
}

// Read makes a story of a file's content. The name is where people know it from. What cannot
// be read is a [corpus.Refusal]; other errors are not the file's fault.
func (r *Reader) Read(ctx context.Context, name string, raw []byte) (*corpus.Story, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	story, err := r.story(ctx, name, raw)
	if f := fault(""); errors.As(err, &f) {
		return nil, corpus.Refuse("%q %s", sourceOf(name), f)
	}
	return story, err
}

func (r *Reader) story(ctx context.Context, name string, raw []byte) (*corpus.Story, error) {
	f, err := formatOf(name, raw)
	if err != nil {
		return nil, err
	}
	var d *document
	if f.apart() && len(r.command) > 0 {
		d, err = r.parseApart(ctx, f, raw)
	} else {
		d, err = r.parse(f, raw)
	}
	if err != nil {
		return nil, err
	}
	return d.story(name)
}

// parse reads a file of a format in this process.
func (r *Reader) parse(f format, raw []byte) (*document, error) {
	switch f {
	case markdown:
		return readMarkdown(raw)
	case htmlPage:
		return readHTML(raw)
	case pdfFile:
		return readPDF(raw, r.cache)
	case container:
		return readContainer(raw)
	}
	return readText(raw)
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
