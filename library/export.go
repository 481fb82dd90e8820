package library

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"verbatim/corpus"
)

// listFile is what the list of an export is called in its archive, where the texts lie beside it.
const listFile = "library.json"

// exported is the list of an export.
type exported struct {
	Format   int              `json:"verbatim"` // of this list; see exportFormat
	Server   corpus.LibraryID `json:"server"`
	Exported time.Time        `json:"exported"`
	Role     string           `json:"role,omitempty"`
	Greeted  bool             `json:"greeted"`
	Stories  []exportedStory  `json:"stories"`
}

// exportFormat grows when a list can no longer be read by what read the one before.
const exportFormat = 1

type exportedStory struct {
	File    string         `json:"file"` // of its text, in the archive
	ID      corpus.StoryID `json:"id"`
	Title   string         `json:"title"`
	Author  string         `json:"author,omitempty"`
	Source  string         `json:"source"`
	Added   time.Time      `json:"added"`
	AddedBy string         `json:"added_by"`
	Blocks  string         `json:"blocks"` // file of where its headings and passages stand: a list of corpus.Block
}

// Export writes all that is stored of a library as a zip archive: the texts, and a list of them
// with what is known of each, and the settings. What was removed is not in it.
func (l *Libraries) Export(ctx context.Context, id corpus.LibraryID, w io.Writer) error {
	stored, err := l.stored(ctx, id)
	if err != nil {
		return err
	}
	stories, _, err := l.store.Stories(ctx, id)
	if err != nil {
		return fmt.Errorf("library: %w", err)
	}
	list := exported{Format: exportFormat, Server: id, Exported: time.Now().UTC().Truncate(time.Second), Role: stored.Role, Greeted: stored.Greeted,
		Stories: []exportedStory{}}
	archive := zip.NewWriter(w)
	for i, s := range stories {
		e := exportedStory{File: fmt.Sprintf("%03d %s.txt", i+1, fileName(s.Title)), Blocks: fmt.Sprintf("%03d blocks.json", i+1),
			ID: s.ID, Title: s.Title, Author: s.Author, Source: s.Source, Added: s.Added.UTC(), AddedBy: s.AddedBy}
		list.Stories = append(list.Stories, e)
		if err := e.write(archive, s); err != nil {
			return fmt.Errorf("library: exporting: %w", err)
		}
	}
	err = put(archive, listFile, list.Exported, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "\t")
		return e.Encode(list)
	})
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		return fmt.Errorf("library: exporting: %w", err)
	}
	return nil
}

// write puts the files of a story into an archive.
func (e exportedStory) write(archive *zip.Writer, s corpus.Stored) error {
	err := put(archive, e.File, s.Added, func(w io.Writer) error {
		_, err := io.WriteString(w, s.Text)
		return err
	})
	if err != nil {
		return err
	}
	return put(archive, e.Blocks, s.Added, func(w io.Writer) error { return json.NewEncoder(w).Encode(s.Blocks()) })
}

// put writes a file of an archive.
func put(archive *zip.Writer, name string, at time.Time, write func(io.Writer) error) error {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	return write(w)
}

// longestFileName is how many letters of a title its file's name has.
const longestFileName = 60

// fileName is what of a title every system takes for the name of a file.
func fileName(title string) string {
	safe := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return ' '
	}, title)
	name := []rune(corpus.Unwrap(safe))
	return string(name[:min(len(name), longestFileName)])
}
