package index

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"verbatim/corpus"
)

// Index answers questions from a set of stories. It does not change; any number of goroutines
// may ask it, while another closes it.
type Index struct {
	texts    *texts
	postings *postings
	model    *Model
	pool     *scratchPool
	life     *life

	revision []byte
	examples []byte // one a line, as [corpus.ParseQuestion] reads them
	files    []byte // Bleve's files with their checksums, see verify.go
	disk     disk
	found    func() []corpus.Question // examples, where they are not kept
}

// ErrClosed is returned for a question to an index that was closed.
var ErrClosed = errors.New("index: it is closed")

// New indexes stories in memory. One whose ID was there before is left out. It is to be closed: what it quoted last is kept
// until then.
func New(stories []*corpus.Story) (*Index, error) {
	x, err := inMemoryIndex(stories)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return x, nil
}

func inMemoryIndex(stories []*corpus.Story) (*Index, error) {
	documents, err := newInMemory()
	if err != nil {
		return nil, err
	}
	t, err := readAll(stories, documents)
	if err != nil {
		documents.abandon()
		return nil, err
	}
	p, err := documents.finish()
	if err != nil {
		return nil, err
	}
	x, err := newIndex(t, p)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return x, p.number()
}

func readAll(stories []*corpus.Story, d documents) (*texts, error) {
	b := newBuilder(&workshop{}, d)
	for _, s := range stories {
		if err := b.add(s); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

func newIndex(t *texts, p *postings) (*Index, error) {
	m, err := builtIn()
	x := &Index{texts: t, postings: p, model: m, pool: &scratchPool{}, life: &life{}}
	x.found = sync.OnceValue(x.findExamples)
	return x, err
}

// WithModel is the same index asked by another model, for training. Close only one of them.
func (x *Index) WithModel(m *Model) *Index {
	other := *x
	other.model = m
	return &other
}

// Close releases the index, once the questions under way are answered. Those asked later get
// [ErrClosed]; answers given before stay whole, since nothing in them lies in the index's files.
// Whoever replaces an index hands out the new one first, and asks that again for a question that
// met [ErrClosed].
func (x *Index) Close() error {
	return x.life.end(func() error {
		quotedLast.forget(x.texts)
		return errors.Join(x.postings.close(), x.disk.close())
	})
}

// Revision is what [Build] was told that the stories are; empty for an index in memory.
func (x *Index) Revision() string { return x.disk.revision }

// Entries lists the stories; none once the index is closed.
func (x *Index) Entries(corpus.LibraryID) []corpus.Entry {
	done, open := x.life.begin()
	if !open {
		return nil
	}
	defer done()
	out := make([]corpus.Entry, x.texts.storyCount())
	for i := range out {
		out[i] = x.texts.entry(i)
	}
	return out
}

// Story is one of the stories; false where there is none of that ID, or the index is closed.
func (x *Index) Story(_ corpus.LibraryID, id corpus.StoryID) (*corpus.Story, bool) {
	done, open := x.life.begin()
	if !open {
		return nil, false
	}
	defer done()
	i, found := x.texts.storyNumber(id)
	if !found {
		return nil, false
	}
	return x.texts.story(i), true
}

// Examples are up to three questions that a library's stories really answer, each with another
// passage: who the people are that they name most, then what the other names are.
func (x *Index) Examples(corpus.LibraryID) []corpus.Question {
	done, open := x.life.begin()
	if !open {
		return nil
	}
	if x.disk.folder == "" {
		done()
		return append([]corpus.Question(nil), x.found()...)
	}
	defer done()
	var examples []corpus.Question
	for line := range strings.Lines(string(x.examples)) {
		examples = append(examples, corpus.ParseQuestion(strings.TrimSuffix(line, "\n")))
	}
	return examples
}
