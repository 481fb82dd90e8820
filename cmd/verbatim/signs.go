package main

import (
	"context"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// signs tells on a channel, until ctx ends, when the system says that files change of which look
// was told. Some systems and mounts say nothing.
func signs(ctx context.Context, changed chan<- struct{}, log *slog.Logger) (look func(paths []string)) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		log.Debug("files are not watched but polled", "reason", err)
		return func([]string) {}
	}
	looked := make(chan []string)
	go func() {
		defer w.Close()
		var paths []string
		for {
			select {
			case <-ctx.Done():
				return
			case paths = <-looked:
			case err := <-w.Errors:
				log.Debug("watching files", "reason", err)
			case e := <-w.Events:
				if lies(e.Name, paths) {
					tell(changed)
				}
			}
		}
	}()
	return func(paths []string) {
		watchFolders(w, paths)
		select {
		case looked <- paths:
		case <-ctx.Done():
		}
	}
}

// watchFolders watches the folders of paths, all those beneath them, and those that they are in:
// a file is often replaced by another.
func watchFolders(w *fsnotify.Watcher, paths []string) {
	for _, path := range paths {
		w.Add(filepath.Dir(path))
		filepath.WalkDir(path, func(folder string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				w.Add(folder) // what cannot be watched is polled
			}
			return nil
		})
	}
}

// lies tells whether a file is one of these paths or beneath one.
func lies(file string, paths []string) bool {
	for _, path := range paths {
		path = filepath.Clean(path)
		if file = filepath.Clean(file); file == path || strings.HasPrefix(file, path+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// tell says something to who does not wait for it yet, once.
func tell(to chan<- struct{}) {
	select {
	case to <- struct{}{}:
	default:
	}
}
