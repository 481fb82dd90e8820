package library

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"verbatim/corpus"
)

const (
	// largestList bounds a list in an export: eight times what 50,000 passages take.
	largestList = 8 << 20
	// largestContents bounds what the stories of an export are read from, together: the texts,
	// beside the limit of a library, and the lists of their blocks. Many stories can name one file.
	largestContents = 64 << 20
)

// Import adds the stories of an export to a library, as [Libraries.Add] does. The role is taken
// over where the export is of the same server.
func (l *Libraries) Import(ctx context.Context, id corpus.LibraryID, archive []byte, progress func(corpus.Progress)) (corpus.Change, error) {
	start := time.Now()
	if err := check(id); err != nil {
		return corpus.Change{}, err
	}
	list, candidates, err := readExport(archive)
	if err != nil {
		return corpus.Change{}, err
	}
	c, err := l.change(ctx, id, progress, func(have []corpus.Stored) (plan, error) { return l.adding(candidates, have), nil })
	if err == nil && list.Server == id && list.Role != "" {
		err = l.SetRole(ctx, id, list.Role)
	}
	if err != nil {
		return corpus.Change{}, err
	}
	c.Examples = l.examplesOf(ctx, id, c)
	c.Took = time.Since(start)
	return c, nil
}

// readExport reads an archive, which anybody may have made. What is no export is a refusal; a
// story in it that is damaged is refused by itself.
func readExport(raw []byte) (list exported, candidates []candidate, err error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return list, nil, corpus.Refuse("That is no export of a library: it must be the zip file that an export wrote.")
	}
	written, err := contentOf(archive, listFile, largestList)
	if err != nil {
		return list, nil, corpus.Refuse("That is no export of a library: %v.", err)
	}
	if err := json.Unmarshal(written, &list); err != nil {
		return list, nil, corpus.Refuse("That is no export of a library: its %s cannot be read.", listFile)
	}
	if list.Format != exportFormat {
		return list, nil, corpus.Refuse("That export has format %d, and this version of Verbatim reads %d: please use the version that wrote it.", list.Format, exportFormat)
	}
	left := int64(largestContents)
	for _, e := range list.Stories {
		story, err := e.story(archive, &left)
		if err != nil {
			err = corpus.Refuse("“%s” cannot be imported: %v.", e.Title, err)
		}
		candidates = append(candidates, candidate{path.Base(e.File), corpus.Stored{Story: story, Added: time.UnixMilli(e.Added.UnixMilli()), AddedBy: e.AddedBy}, err})
	}
	return list, candidates, nil
}

// story reads a story of an archive, of which so many bytes are left to be read.
func (e exportedStory) story(archive *zip.Reader, left *int64) (*corpus.Story, error) {
	text, err := contentOf(archive, e.File, *left)
	if err != nil {
		return nil, err
	}
	*left -= int64(len(text))
	written, err := contentOf(archive, e.Blocks, min(largestList, *left))
	if err != nil {
		return nil, err
	}
	*left -= int64(len(written))
	var blocks []corpus.Block
	if err := json.Unmarshal(written, &blocks); err != nil {
		return nil, fmt.Errorf("%q in it is damaged", e.Blocks)
	}
	story, err := corpus.NewStory(corpus.Meta{Title: e.Title, Author: e.Author, Source: e.Source}, string(text), blocks)
	switch {
	case errors.Is(err, corpus.ErrEmpty):
		return nil, err
	case err != nil:
		return nil, errors.New("its text is not the one that was exported")
	}
	return story, nil
}

// contentOf reads a file of an archive, which declares its size but may lie.
func contentOf(archive *zip.Reader, name string, most int64) ([]byte, error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, fmt.Errorf("it has no %q", name)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("%q in it is damaged", name)
	}
	if int64(len(raw)) > most {
		return nil, fmt.Errorf("%q in it is too long", name)
	}
	return raw, nil
}
