package index

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"

	"verbatim/corpus"
)

// Index answers questions from a set of stories. It does not change; any number of goroutines
// may ask it.
type Index struct {
	texts    *texts
	bleve    bleve.Index
	names    []name
	model    *Model
	pool     *scratchPool
	revision string

	examples func() []corpus.Question
	life     *life
}

// ErrClosed is returned for a question to an index that was closed.
var ErrClosed = errors.New("index: it is closed")

// New indexes stories in memory.
func New(stories []*corpus.Story) (*Index, error) {
	x, err := newIndex(stories)
	if err != nil {
		return nil, err
	}
	if x.bleve, err = x.texts.index(""); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return x, nil
}

func newIndex(stories []*corpus.Story) (*Index, error) {
	m, err := builtIn()
	if err != nil {
		return nil, err
	}
	x := &Index{texts: newTexts(stories), model: m, pool: &scratchPool{}, life: &life{}}
	x.names = namesOf(x.texts)
	x.examples = sync.OnceValue(x.findExamples)
	return x, nil
}

// WithModel is the same index asked by another model, for training. Close only one of them.
func (x *Index) WithModel(m *Model) *Index {
	other := *x
	other.model = m
	return &other
}

// Close releases the index, once the questions under way are answered. Those asked later get
// [ErrClosed]; answers given before stay whole, since nothing in them lies in the index's files.
func (x *Index) Close() error { return x.life.end(x.bleve.Close) }

// Revision is what [Build] was told that the stories are; empty for an index in memory.
func (x *Index) Revision() string { return x.revision }

// Entries lists the stories.
func (x *Index) Entries(corpus.LibraryID) []corpus.Entry {
	out := make([]corpus.Entry, len(x.texts.stories))
	for i, s := range x.texts.stories {
		out[i] = corpus.EntryOf(s.story)
	}
	return out
}

// Story is one of the stories; false where there is none of that ID.
func (x *Index) Story(_ corpus.LibraryID, id corpus.StoryID) (*corpus.Story, bool) {
	i, found := x.texts.storyNumber(id)
	if !found {
		return nil, false
	}
	return x.texts.stories[i].story, true
}

// Examples are up to three questions that a library's stories really answer, each with another
// passage: who the people are that they name most, then what the other names are.
func (x *Index) Examples(corpus.LibraryID) []corpus.Question { return slices.Clone(x.examples()) }
