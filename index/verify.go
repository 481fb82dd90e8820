package index

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// smallIndex is up to how many bytes an index is checked when it is opened, which takes 10 ms: that
// of 20,000 passages.
const smallIndex = 32 << 20

// checkIfSmall checks all of an index that is small.
func (x *Index) checkIfSmall(folder string, m mapping) error {
	size := int64(len(m))
	for _, f := range x.manifest() {
		size += f.size
	}
	if size > smallIndex {
		return nil
	}
	err := x.check(context.Background(), folder)
	x.disk.checked = err == nil
	return err
}

// Verify reads all files of an index and returns [ErrBroken] where one is damaged, so that it can
// be built again while this one answers. For a million passages that takes some seconds; what was
// checked when it was opened is not read again.
func (x *Index) Verify(ctx context.Context) error {
	done, open := x.life.begin()
	if !open {
		return ErrClosed
	}
	defer done()
	if x.disk.folder == "" || x.disk.checked {
		return nil
	}
	err := x.check(ctx, x.disk.folder)
	if err == nil || errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("index: verifying %s: %w: %w", filepath.Base(x.disk.folder), ErrBroken, err)
}

// check compares all checksums. It reads the files rather than the mapping, whose memory would
// count as ours.
func (x *Index) check(ctx context.Context, folder string) error {
	if err := checkArrays(ctx, filepath.Join(folder, arraysFile)); err != nil {
		return err
	}
	for _, f := range x.manifest() {
		got, err := sumFile(ctx, filepath.Join(folder, bleveFolder, f.name))
		if err != nil {
			return err
		}
		if got.size != f.size || got.sum != f.sum {
			return fmt.Errorf("%s is damaged", f.name)
		}
	}
	return nil
}

func checkArrays(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	m, err := mapFile(f)
	if err != nil {
		return err
	}
	defer m.close()
	places, err := tableOf(m)
	if err != nil {
		return err
	}
	for i, p := range places {
		h := crc32.New(castagnoli)
		if _, err := io.Copy(h, within{ctx, io.NewSectionReader(f, int64(p.offset), int64(p.size))}); err != nil {
			return err
		}
		if h.Sum32() != p.sum {
			return fmt.Errorf("section %d is damaged", i)
		}
	}
	return nil
}

// summed is a file of Bleve's with its checksum.
type summed struct {
	name string
	size int64
	sum  uint32
}

// sumFiles lists the files of a folder with their checksums, a line each.
func sumFiles(folder string) (lines []byte, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		f, err := sumFile(context.Background(), filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		lines = fmt.Appendf(lines, "%s %d %d\n", f.name, f.size, f.sum)
	}
	return lines, err
}

// manifest reads what sumFiles wrote.
func (x *Index) manifest() (files []summed) {
	for line := range strings.Lines(string(x.files)) {
		var f summed
		if _, err := fmt.Sscanf(line, "%s %d %d\n", &f.name, &f.size, &f.sum); err == nil {
			files = append(files, f)
		}
	}
	return files
}

func sumFile(ctx context.Context, path string) (summed, error) {
	f, err := os.Open(path)
	if err != nil {
		return summed{}, err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	n, err := io.Copy(h, within{ctx, f})
	return summed{filepath.Base(path), n, h.Sum32()}, err
}

// within reads until a context ends.
type within struct {
	ctx context.Context
	io.Reader
}

func (r within) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// syncAll makes sure that what is in a folder is on the disk.
func syncAll(folder string) error {
	return filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncFolder(path)
	})
}

// syncFolder makes sure that a file, or the names in a folder, are on the disk.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
