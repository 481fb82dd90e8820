package index

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"verbatim/corpus"
)

// ErrBroken is what [Open] finds of an index whose files are damaged, or were written by another
// version of the program: it is to be built again.
var ErrBroken = errors.New("the index is broken or of another version")

// The files of an index on disk, which is an immutable snapshot of a set of stories.
const (
	bleveFolder = "bleve"
	storiesFile = "stories"
)

// header begins the file of the stories.
type header struct{ Version, Revision string }

// version changes when what is indexed changes.
const version = "2"

// Build writes an index of stories into a folder. It is made aside and moved into place, so that
// a crash leaves the old index or none; an index that is open stays usable. What the stories are
// is for the caller to say in revision, which [Index.Revision] gives back. Progress, if any, is
// called now and then with the passages indexed so far. An error of the sequence ends it.
func Build(ctx context.Context, folder, revision string, stories iter.Seq2[*corpus.Story, error], progress func(passages int)) error {
	aside := folder + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	err := build(ctx, aside, revision, stories, progress)
	if err == nil {
		err = errors.Join(os.RemoveAll(folder), os.Rename(aside, folder))
	}
	if err != nil {
		return fmt.Errorf("index: building: %w", errors.Join(err, os.RemoveAll(aside)))
	}
	return nil
}

func build(ctx context.Context, folder, revision string, stories iter.Seq2[*corpus.Story, error], progress func(passages int)) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	var all []*corpus.Story
	passages := 0
	for s, err := range stories {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		all = append(all, s)
		if passages += len(s.Passages); progress != nil {
			progress(passages)
		}
	}
	b, err := newTexts(all).index(filepath.Join(folder, bleveFolder))
	if err != nil {
		return err
	}
	return errors.Join(b.Close(), writeStories(filepath.Join(folder, storiesFile), revision, all))
}

func writeStories(path, revision string, stories []*corpus.Story) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	e := gob.NewEncoder(w)
	return errors.Join(e.Encode(header{version, revision}), e.Encode(stories), w.Flush(), f.Sync(), f.Close())
}

// Open opens the index in a folder. It returns [fs.ErrNotExist] where there is none and
// [ErrBroken] where it cannot be used: build it then.
func Open(folder string) (*Index, error) {
	x, err := open(folder)
	switch {
	case err == nil:
		return x, nil
	case errors.Is(err, fs.ErrNotExist):
		if _, missing := os.Stat(folder); missing != nil {
			return nil, fmt.Errorf("index: opening: %w", missing)
		}
	}
	return nil, fmt.Errorf("index: opening %s: %w: %w", filepath.Base(folder), ErrBroken, err)
}

func open(folder string) (*Index, error) {
	f, err := os.Open(filepath.Join(folder, storiesFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d := gob.NewDecoder(bufio.NewReader(f))
	var h header
	var stories []*corpus.Story
	if err := errors.Join(d.Decode(&h), d.Decode(&stories)); err != nil {
		return nil, err
	}
	if h.Version != version {
		return nil, fmt.Errorf("it is of version %q", h.Version)
	}
	x, err := newIndex(stories)
	if err != nil {
		return nil, err
	}
	x.revision = h.Revision
	x.bleve, err = openBleve(filepath.Join(folder, bleveFolder), x.texts.passageCount())
	return x, err
}

// openBleve opens Bleve's part and checks that it is whole. Bleve panics on some broken files.
func openBleve(path string, passages int) (b bleve.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("opening: %v", r)
		}
	}()
	if err := register(); err != nil {
		return nil, err
	}
	b, err = bleve.OpenUsing(path, map[string]any{"bolt_timeout": "1s", "read_only": true})
	if err != nil {
		return nil, err
	}
	if n, err := b.DocCount(); err != nil || int(n) != passages {
		return nil, errors.Join(fmt.Errorf("it holds %d passages, not %d", n, passages), err, b.Close())
	}
	return b, nil
}

// batchSize is how many passages are written at once: single writes take milliseconds each.
const batchSize = 1000

// index gives all passages to Bleve, in memory for an empty path.
func (t *texts) index(path string) (bleve.Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	b, err := bleve.NewUsing(path, m, scorch.Name, scorch.Name, map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		return nil, err
	}
	batch := b.NewBatch()
	for p := range t.passageCount() {
		if err := batch.Index(documentID(p), t.document(p)); err != nil {
			return nil, errors.Join(err, b.Close())
		}
		if batch.Size() < batchSize && p < t.passageCount()-1 {
			continue
		}
		if err := b.Batch(batch); err != nil {
			return nil, errors.Join(err, b.Close())
		}
		batch.Reset()
	}
	return b, nil
}

// document is what Bleve is given of a passage.
func (t *texts) document(p int) document {
	entry := t.passages[p]
	story := t.stories[entry.story]
	passage := story.story.Passages[p-story.first]
	return document{
		Text:    story.story.Text[passage.Start:passage.End],
		Context: story.story.Title + "\n" + story.story.SectionTitle(p-story.first),
		Story:   storyNumber(int(entry.story)),
	}
}

// documentID is a passage's number; Bleve breaks ties of its scores by it.
func documentID(p int) string { return fmt.Sprintf("%08d", p) }

func passageOf(documentID string) (int, error) { return strconv.Atoi(documentID) }

func storyNumber(i int) string { return strconv.Itoa(i) }
