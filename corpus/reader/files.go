package reader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"verbatim/corpus"
)

// ReadPaths reads the stories of files and folders, in the order named, those of a folder by
// path. A path that is missing, a named file that cannot be read and a folder without a story
// are an error; a file within a folder that cannot be read is skipped, and said so in skipped.
// Hidden files and links that lead out of a folder are not looked at. The same story twice
// counts once.
func (r *Reader) ReadPaths(ctx context.Context, paths []string) (stories []*corpus.Story, skipped []error, err error) {
	c := collector{reader: r, seen: map[corpus.StoryID]bool{}}
	for _, path := range paths {
		if err := c.path(ctx, path); err != nil {
			return nil, nil, err
		}
	}
	return c.stories, c.skipped, nil
}

type collector struct {
	reader  *Reader
	stories []*corpus.Story
	skipped []error
	seen    map[corpus.StoryID]bool
}

func (c *collector) path(ctx context.Context, path string) error {
	before := len(c.seen)
	isFolder, err := walk(path, func(name string, f fs.File) error { return c.file(ctx, name, f) }, c.skip)
	if err == nil && isFolder && len(c.seen) == before {
		err = corpus.Refuse("the folder %q holds no story; please put text, Markdown, HTML, PDF, DOCX, ODT or EPUB files into it.", path)
	}
	return err
}

func (c *collector) skip(path string, err error) {
	var refusal *corpus.Refusal
	if !errors.As(err, &refusal) {
		err = corpus.Refuse("%q cannot be opened: %v.", path, cause(err))
	}
	c.skipped = append(c.skipped, err)
}

func (c *collector) file(ctx context.Context, name string, f fs.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return corpus.Refuse("%q is no file that could be read.", name)
	}
	raw, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	story, err := c.reader.Read(ctx, name, raw)
	if err != nil {
		return err
	}
	if !c.seen[story.ID] {
		c.seen[story.ID] = true
		c.stories = append(c.stories, story)
	}
	return nil
}

// walk visits a file, or all files beneath a folder by name. An error of a file in a folder is
// for skip; any other ends it.
func walk(path string, visit func(name string, f fs.File) error, skip func(path string, err error)) (isFolder bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, corpus.Refuse("there is no file or folder %q; please check the name.", path)
	case err != nil:
		return false, corpus.Refuse("%q cannot be opened: %v.", path, cause(err))
	case info.IsDir():
		return true, walkFolder(path, visit, skip)
	}
	f, err := os.Open(path)
	if err != nil {
		return false, corpus.Refuse("%q cannot be opened: %v.", path, cause(err))
	}
	defer f.Close()
	return false, visit(path, f)
}

// walkFolder visits all files beneath a folder; os.Root keeps links from leading out of it.
func walkFolder(path string, visit func(name string, f fs.File) error, skip func(path string, err error)) error {
	root, err := os.OpenRoot(path)
	if err != nil {
		return corpus.Refuse("the folder %q cannot be opened: %v.", path, cause(err))
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			skip(filepath.Join(path, name), err)
			return nil
		case name != "." && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		f, err := root.Open(name)
		if err != nil {
			skip(filepath.Join(path, name), err)
			return nil
		}
		defer f.Close()
		if err := visit(name, f); err != nil {
			skip(filepath.Join(path, name), err)
		}
		return nil
	})
}

// cause leaves out the path, which the sentence names already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
