package index

import (
	"os"

	"github.com/blevesearch/mmap-go"
)

// mapping is a file as memory, to be read only. The system keeps of it what is used.
type mapping []byte

// mapFile maps a whole file, which must not shrink meanwhile.
func mapFile(f *os.File) (mapping, error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil, err
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	return mapping(m), err
}

func (m mapping) close() error {
	if m == nil {
		return nil
	}
	mapped := mmap.MMap(m)
	return mapped.Unmap()
}
