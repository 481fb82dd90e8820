package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bolt "go.etcd.io/bbolt/errors"
)

// version is part of the name of an index on disk: it changes when what is indexed changes.
const version = "1"

// fingerprint names the index of these very stories.
func (t *texts) fingerprint() string {
	h := sha256.New()
	h.Write([]byte(version))
	for _, s := range t.stories {
		fmt.Fprintf(h, "/%s", s.story.ID)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// openOrBuild opens the index of these stories in a folder. One that is missing or broken is
// built aside and moved into place, so that a crash leaves either a whole index or none; those
// of other stories are removed.
func (x *Index) openOrBuild(folder string) (bleve.Index, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, x.texts.fingerprint())
	b, err := x.open(path)
	if err == nil {
		return b, nil
	}
	if errors.Is(err, bolt.ErrTimeout) {
		return nil, fmt.Errorf("the index in %s is in use by another process: %w", folder, err)
	}
	if err := empty(folder); err != nil {
		return nil, err
	}
	aside := path + ".new"
	if b, err = x.build(aside); err != nil {
		return nil, err
	}
	if err := errors.Join(b.Close(), os.Rename(aside, path)); err != nil {
		return nil, err
	}
	return x.open(path)
}

// empty removes what is in a folder: indexes of other stories, broken ones, and such as a crash
// left half built.
func empty(folder string) error {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(folder, e.Name())))
	}
	return err
}

// open opens an index and checks that it is whole. Bleve panics on some broken files.
func (x *Index) open(path string) (b bleve.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("opening %s: %v", filepath.Base(path), r)
		}
	}()
	if err := register(); err != nil {
		return nil, err
	}
	b, err = bleve.OpenUsing(path, map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		return nil, err
	}
	if n, err := b.DocCount(); err != nil || int(n) != x.texts.passageCount() {
		return nil, errors.Join(fmt.Errorf("it holds %d passages, not %d", n, x.texts.passageCount()), err, b.Close())
	}
	return b, nil
}

// batchSize is how many passages are written at once: single writes take milliseconds each.
const batchSize = 1000

// build indexes all passages, in memory for an empty path.
func (x *Index) build(path string) (bleve.Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	b, err := bleve.NewUsing(path, m, scorch.Name, scorch.Name, map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		return nil, err
	}
	batch := b.NewBatch()
	for p := range x.texts.passageCount() {
		if err := batch.Index(documentID(p), x.texts.document(p)); err != nil {
			return nil, errors.Join(err, b.Close())
		}
		if batch.Size() < batchSize && p < x.texts.passageCount()-1 {
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
