package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"verbatim/config"
	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/corpus/sqlite"
	"verbatim/library"
)

// The names in the data folder.
const (
	libraryFile = "library.db" // the truth
	indexFolder = "index"      // made of it, and of the operator's stories
)

// libraries are those of all servers, with the store that they lie in.
type libraries struct {
	*library.Libraries
	store  *sqlite.Store
	reader *reader.Reader
	kept   bool // they outlive the program
}

// openLibraries opens the data folder, with the operator's stories. Where none can be had and
// none was chosen, there are only the latter.
func openLibraries(ctx context.Context, cfg config.Config, log *slog.Logger) (*libraries, error) {
	folder, err := dataFolder(cfg, log)
	if err != nil {
		return nil, err
	}
	l, err := openStore(ctx, cfg, folder, log)
	if err != nil {
		return nil, err
	}
	if err := l.readOperator(ctx, cfg, log); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// openStore opens the libraries in a data folder, in memory for an empty one.
func openStore(ctx context.Context, cfg config.Config, folder string, log *slog.Logger) (l *libraries, err error) {
	l = &libraries{reader: newReader(folder), kept: folder != ""}
	o := library.Options{Log: log, Limits: library.Limits{Stories: cfg.MaxStories, Bytes: cfg.MaxBytes, Passages: cfg.MaxPassages}}
	if l.kept {
		o.Folder = filepath.Join(folder, indexFolder)
		l.store, err = sqlite.Open(ctx, filepath.Join(folder, libraryFile))
	} else {
		l.store, err = sqlite.OpenInMemory(ctx)
	}
	if refusal := (*corpus.Refusal)(nil); errors.As(err, &refusal) {
		return nil, &unusable{err}
	}
	if err != nil {
		return nil, err
	}
	if l.Libraries, err = library.New(ctx, l.store, l.reader, o); err != nil {
		return nil, errors.Join(err, l.store.Close())
	}
	return l, nil
}

func (l *libraries) Close() error { return errors.Join(l.Libraries.Close(), l.store.Close()) }

// readOperator reads the stories that every server may quote.
func (l *libraries) readOperator(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	stories, skipped, err := readStories(l.reader, cfg.Stories)
	if err != nil {
		return err
	}
	for _, s := range skipped {
		log.Warn("skipped a file", "reason", s)
	}
	start := time.Now()
	if err := l.SetOperator(ctx, stories); err != nil {
		return err
	}
	log.Info("stories are indexed", "stories", len(stories), "took", time.Since(start).String())
	return nil
}
