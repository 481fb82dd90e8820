package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"

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

// openLibraries opens the data folder. Where none can be had and none was chosen, servers keep no
// stories.
func openLibraries(ctx context.Context, cfg config.Config, log *slog.Logger) (*libraries, error) {
	folder, err := dataFolder(cfg, log)
	if err != nil {
		return nil, err
	}
	return openStore(ctx, cfg, folder, log)
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
