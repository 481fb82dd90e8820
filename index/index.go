package index

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2"

	"verbatim/corpus"
)

// Options are the optional settings of an index. The zero value works.
type Options struct {
	// Folder keeps Bleve's files, so that the next start opens them instead of indexing
	// anew. Empty: in memory.
	Folder string
}

// Index answers questions from a set of stories. It is made once and does not change; any
// number of goroutines may ask it.
type Index struct {
	texts *texts
	bleve bleve.Index
	names []name
	model *Model
	pool  *scratchPool

	examples func() []corpus.Question
}

// New indexes stories. With a folder it opens what an earlier call left there for the same
// stories, and replaces what was left for others.
func New(stories []*corpus.Story, o Options) (*Index, error) {
	m, err := builtIn()
	if err != nil {
		return nil, err
	}
	x := &Index{texts: newTexts(stories), model: m, pool: &scratchPool{}}
	x.names = namesOf(x.texts)
	x.examples = sync.OnceValue(x.findExamples)
	if o.Folder == "" {
		x.bleve, err = x.build("")
	} else {
		x.bleve, err = x.openOrBuild(o.Folder)
	}
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return x, nil
}

// WithModel is the same index asked by another model, for training. Close only one of them.
func (x *Index) WithModel(m *Model) *Index {
	other := *x
	other.model = m
	return &other
}

// Close releases the index. It must not be asked any more.
func (x *Index) Close() error { return x.bleve.Close() }

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
