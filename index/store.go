package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"verbatim/corpus"
)

// ErrBroken is what [Open] finds of an index whose files are damaged, or were written by another
// version of the program or another kind of machine: it is to be built again.
var ErrBroken = errors.New("the index is broken or of another version")

// The files of an index on disk, which is an immutable snapshot of a set of stories.
const (
	arraysFile  = "arrays"
	bleveFolder = "bleve"
)

// disk is where an index lies; the zero value is that of one in memory.
type disk struct {
	folder, revision string
	arrays           mapping
	checked          bool // all of it, when it was opened
}

func (d *disk) close() error { return d.arrays.close() }

// Build writes an index of stories into a folder. It is made aside, in folder + ".new", and moved
// into place, so that a crash leaves the old index whole or none; an index that is open stays
// usable. What the stories are is for the caller to say in revision, which [Index.Revision] gives
// back. Stories are read one at a time and not held; one whose ID was there before is left out.
// An error of the sequence ends the building, and so does ctx. Progress, if any, is called now and
// then with the passages read so far.
func Build(ctx context.Context, folder, revision string, stories iter.Seq2[*corpus.Story, error], progress func(passages int)) error {
	aside := folder + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return fmt.Errorf("index: building: %w", err)
	}
	err := build(ctx, aside, revision, stories, progress)
	if err == nil {
		err = replace(folder, aside)
	}
	if err != nil {
		return fmt.Errorf("index: building: %w", errors.Join(err, os.RemoveAll(aside)))
	}
	return nil
}

// replace moves a folder into the place of another, if there is one.
func replace(folder, aside string) error {
	old := folder + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.Rename(aside, folder), syncFolder(filepath.Dir(folder)), os.RemoveAll(old))
}

func build(ctx context.Context, folder, revision string, stories iter.Seq2[*corpus.Story, error], progress func(passages int)) (err error) {
	temporary := filepath.Join(folder, "temporary")
	if err := os.MkdirAll(temporary, 0o700); err != nil {
		return err
	}
	documents, err := newOnDisk(filepath.Join(folder, bleveFolder), temporary)
	if err != nil {
		return err
	}
	w := &workshop{folder: temporary}
	defer func() { err = errors.Join(err, w.close(), os.RemoveAll(temporary)) }()
	b := newBuilder(w, documents)
	if err := b.addAll(ctx, stories, progress); err != nil {
		documents.abandon()
		return err
	}
	t, p, err := finishBoth(b, documents)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	x, err := newIndex(t, p)
	if err != nil {
		return err
	}
	return x.write(folder, revision, w.forget)
}

// finishBoth finishes the arrays while Bleve merges its segments.
func finishBoth(b *builder, d documents) (t *texts, p *postings, err error) {
	var merging sync.WaitGroup
	var failed error
	merging.Go(func() { p, failed = d.finish() })
	t, err = b.finish()
	merging.Wait()
	if err = errors.Join(err, failed); err != nil && p != nil {
		err = errors.Join(err, p.close())
	}
	return t, p, err
}

func (b *builder) addAll(ctx context.Context, stories iter.Seq2[*corpus.Story, error], progress func(passages int)) error {
	for s, err := range stories {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if err := b.add(s); err != nil {
			return err
		}
		if progress != nil {
			progress(b.passages.len())
		}
	}
	return nil
}

// write completes an index that was just built and writes its arrays.
func (x *Index) write(folder, revision string, forget func()) error {
	if err := x.postings.number(); err != nil {
		return err
	}
	x.revision = []byte(revision)
	for _, q := range x.findExamples() {
		x.examples = append(x.examples, q.String()+"\n"...)
	}
	files, err := sumFiles(filepath.Join(folder, bleveFolder))
	if err != nil {
		return err
	}
	x.files = files
	return errors.Join(x.writeSnapshot(filepath.Join(folder, arraysFile), forget), syncAll(folder))
}

// Open opens the index in a folder. It returns [fs.ErrNotExist] where there is none and
// [ErrBroken] where it cannot be used: build it then. All of a small index is checked; of a large
// one only what is needed to open it, and [Index.Verify] checks the rest.
func Open(folder string) (*Index, error) {
	if _, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("index: opening: %w", err)
	}
	x, err := open(folder)
	if err != nil {
		return nil, fmt.Errorf("index: opening %s: %w: %w", filepath.Base(folder), ErrBroken, err)
	}
	return x, nil
}

func open(folder string) (x *Index, err error) {
	arrays, err := os.Open(filepath.Join(folder, arraysFile))
	if err != nil {
		return nil, err
	}
	defer arrays.Close()
	m, err := mapFile(arrays)
	if err != nil {
		return nil, err
	}
	if x, err = newIndex(&texts{}, &postings{}); err == nil {
		err = m.sparsely(func() error { return x.attach(folder, m) })
	}
	if err != nil {
		return nil, errors.Join(err, x.Close(), m.close())
	}
	x.texts.mapped = m
	x.disk.folder, x.disk.revision, x.disk.arrays = folder, string(x.revision), m
	return x, nil
}

// attach takes the arrays and Bleve's part of an index out of its files.
func (x *Index) attach(folder string, m mapping) error {
	if err := x.bindSnapshot(m); err != nil {
		return err
	}
	if err := x.checkIfSmall(folder, m); err != nil {
		return err
	}
	if len(x.texts.stories) == 0 || len(x.texts.sections) == 0 || len(x.texts.passages) == 0 || len(x.texts.sentences) == 0 || len(x.texts.averaged) == 0 {
		return errors.New("it has no sentinels")
	}
	x.texts.prepare()
	p, err := openPostings(filepath.Join(folder, bleveFolder))
	if err != nil {
		return err
	}
	x.postings.engine, x.postings.reader = p.engine, p.reader
	if n, err := x.postings.count(); err != nil || n != x.texts.passageCount() || n != len(x.postings.numbers) {
		return errors.Join(fmt.Errorf("there are %d passages in Bleve, not %d", n, x.texts.passageCount()), err)
	}
	return nil
}
