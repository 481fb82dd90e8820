package index

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
)

// A snapshot is the arrays of an index in one file: a head, a table of the sections, the sections.
// A section is an array as it lies in memory, at a multiple of eight bytes. Numbers are in the
// order of bytes of the machine that wrote them; another machine finds by the head that it has to
// build anew.

// version changes when what is kept in an index changes. How words are read has a checksum of its
// own, see reading.go.
const version = 6

const (
	magic     = "verbatim"
	byteOrder = 0x01020304
	alignment = 8
)

// head begins the file.
type head struct {
	magic           [8]byte
	version, order  uint32
	words, _        uint32 // see reading.go
	sections, table uint32 // how many, and the checksum of their table
}

// place is a section in the table.
type place struct {
	offset, size uint64 // bytes
	row          uint32 // bytes of one row
	sum          uint32 // CRC-32C of the section
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// section is an array that is kept.
type section struct {
	row   int
	bytes func() []byte
	bind  func([]byte)
}

func kept[T any](rows *[]T) section {
	return section{rowSize[T](), func() []byte { return bytesOf(*rows) }, func(b []byte) { *rows = rowsOf[T](b) }}
}

func (t *stringTable) sections() []section {
	return []section{kept(&t.bytes), kept(&t.ends), kept(&t.slots)}
}

// sections are all arrays of an index, in the order of the file: first those that are read when it is
// opened.
func (x *Index) sections() []section {
	t, p := x.texts, x.postings
	all := []section{kept(&x.revision), kept(&x.examples), kept(&x.files), kept(&t.averaged), kept(&p.numbers),
		kept(&t.vocabulary.forms), kept(&t.vocabulary.counts),
		kept(&t.stories), kept(&t.sections), kept(&t.passages), kept(&t.sentences), kept(&t.referents), kept(&t.words), kept(&t.flags),
		kept(&t.above), kept(&t.labels), kept(&t.text), kept(&t.byID), kept(&t.compact),
		kept(&t.spelling.keys), kept(&t.spelling.first), kept(&t.spelling.forms), kept(&t.spelling.sizes),
		kept(&t.acronymous), kept(&t.named), kept(&t.nameText)}
	return append(append(all, t.vocabulary.texts.sections()...), t.vocabulary.stems.sections()...)
}

// pieceSize is how many bytes of the arrays are written at a time.
const pieceSize = 16 << 20

// writeSnapshot writes the arrays of an index to a file. After each piece it calls forget.
func (x *Index) writeSnapshot(path string, forget func()) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	all := x.sections()
	places := make([]place, len(all))
	at := int64(align(rowSize[head]() + len(bytesOf(places))))
	w := bufio.NewWriterSize(io.NewOffsetWriter(f, at), 1<<20)
	for i, s := range all {
		b := s.bytes()
		places[i] = place{offset: uint64(at), size: uint64(len(b)), row: uint32(s.row)}
		for piece := range slices.Chunk(b, pieceSize) {
			places[i].sum = crc32.Update(places[i].sum, castagnoli, piece)
			_, _ = w.Write(piece) // Flush returns the error
			forget()
		}
		padding := align(len(b)) - len(b)
		_, _ = w.Write(make([]byte, padding))
		at += int64(len(b) + padding)
	}
	h := head{version: version, order: byteOrder, words: wordsSum(), sections: uint32(len(all)), table: crc32.Checksum(bytesOf(places), castagnoli)}
	copy(h.magic[:], magic)
	_, err = f.WriteAt(append(bytesOf([]head{h}), bytesOf(places)...), 0)
	return errors.Join(err, w.Flush(), f.Sync())
}

func align(n int) int { return (n + alignment - 1) / alignment * alignment }

// bindSnapshot reads the arrays of an index out of a mapped file. It checks the head and that all
// sections lie in the file, not what is in them.
func (x *Index) bindSnapshot(m mapping) error {
	places, err := tableOf(m)
	if err != nil {
		return err
	}
	all := x.sections()
	if len(places) != len(all) {
		return fmt.Errorf("there are %d sections, not %d", len(places), len(all))
	}
	for i, p := range places {
		if int(p.row) != all[i].row || p.size%uint64(p.row) != 0 || p.offset%alignment != 0 || p.offset > uint64(len(m)) || p.size > uint64(len(m))-p.offset {
			return fmt.Errorf("section %d does not lie in the file", i)
		}
		all[i].bind(m[p.offset : p.offset+p.size : p.offset+p.size])
	}
	return nil
}

// tableOf checks the head of a snapshot and returns its table.
func tableOf(m mapping) ([]place, error) {
	size := rowSize[head]()
	if len(m) < size {
		return nil, io.ErrUnexpectedEOF
	}
	h := rowsOf[head](m[:size])[0]
	if string(h.magic[:]) != magic || h.order != byteOrder || h.version != version {
		return nil, fmt.Errorf("it is of version %d, not %d", h.version, version)
	}
	if h.words != wordsSum() {
		return nil, errors.New("its words were read in another way")
	}
	end := uint64(size) + uint64(h.sections)*uint64(rowSize[place]())
	if end > uint64(len(m)) {
		return nil, io.ErrUnexpectedEOF
	}
	table := m[size:end]
	if crc32.Checksum(table, castagnoli) != h.table {
		return nil, errors.New("its table is damaged")
	}
	return rowsOf[place](table), nil
}
