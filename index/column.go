package index

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
)

// column is a flat array while it grows: in memory, or in a file where a large library would
// need more memory than there is.
type column[T any] struct {
	rows   []T // all of them, or those not yet in the file
	before int // rows in the file
	file   *os.File
	err    error // of the first failed write
}

// buffered is how many bytes of a column wait in memory to be written.
const buffered = 64 << 10

func (c *column[T]) add(rows ...T) {
	c.rows = append(c.rows, rows...)
	if c.file != nil && len(c.rows)*rowSize[T]() >= buffered {
		c.flush()
	}
}

func (c *column[T]) len() int { return c.before + len(c.rows) }

func (c *column[T]) flush() {
	if c.err == nil {
		_, c.err = c.file.Write(bytesOf(c.rows))
	}
	c.before += len(c.rows)
	c.rows = c.rows[:0]
}

// finish returns all rows; those of a file are mapped, for as long as the workshop is open.
func (c *column[T]) finish(w *workshop) ([]T, error) {
	if c.file == nil {
		return c.rows, nil
	}
	if c.flush(); c.err != nil {
		return nil, c.err
	}
	m, err := w.mapFile(c.file)
	return rowsOf[T](m), err
}

// workshop is the folder that the columns of an index grow in; none for one in memory.
type workshop struct {
	folder   string
	files    []*os.File
	mappings []mapping
}

// newColumn makes a column, in a file where there is a folder for it.
func newColumn[T any](w *workshop) (c column[T]) {
	if w.folder == "" {
		return c
	}
	c.file, c.err = os.Create(filepath.Join(w.folder, "column-"+strconv.Itoa(len(w.files))))
	w.files = append(w.files, c.file)
	return c
}

func (w *workshop) mapFile(f *os.File) (mapping, error) {
	m, err := mapFile(f)
	w.mappings = append(w.mappings, m)
	return m, err
}

// forget lets the system take back the memory of what was read of the columns.
func (w *workshop) forget() {
	for _, m := range w.mappings {
		m.forget()
	}
}

// close removes the columns' files. What finish returned is gone then.
func (w *workshop) close() (err error) {
	for _, m := range w.mappings {
		err = errors.Join(err, m.close())
	}
	for _, f := range w.files {
		if f != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}
	w.files, w.mappings = nil, nil
	return err
}
