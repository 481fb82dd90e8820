package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"verbatim/config"
	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/index"
)

// openIndex reads stories and indexes them in memory. What had to be skipped is said on
// standard error.
func openIndex(paths []string) (*index.Index, error) {
	stories, skipped, err := readStories(newReader(""), paths)
	if err != nil {
		return nil, err
	}
	for _, s := range skipped {
		fmt.Fprintln(os.Stderr, "verbatim: skipped: "+s.Error())
	}
	return index.New(stories)
}

// readStories reads files and folders; without any, what is mounted into the container,
// else the built-in story.
func readStories(r *reader.Reader, paths []string) (stories []*corpus.Story, skipped []error, err error) {
	if len(paths) == 0 && holdsFiles(config.Mounted) {
		paths = []string{config.Mounted}
	}
	if len(paths) == 0 {
		return []*corpus.Story{reader.BuiltIn()}, nil, nil
	}
	stories, skipped, err = r.ReadPaths(context.Background(), paths)
	if err != nil {
		return nil, nil, &unusable{err}
	}
	return stories, skipped, nil
}

// holdsFiles reports whether a folder has anything in it that is not hidden.
func holdsFiles(folder string) bool {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return true
		}
	}
	return false
}
