package reader

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
)

// Digest changes when what [Reader.ReadPaths] would find changes: the names of files, their
// content, or what keeps them from being read. It reads them, but makes nothing of them.
func Digest(paths []string) [sha256.Size]byte {
	h := sha256.New()
	note := func(path string, err error) { fmt.Fprintf(h, "%q: %v\n", path, err) }
	for _, path := range paths {
		_, err := walk(path, func(name string, f fs.File) error {
			fmt.Fprintf(h, "%q\n", name)
			info, err := f.Stat()
			if err != nil || !info.Mode().IsRegular() {
				return err
			}
			n, err := io.Copy(h, io.LimitReader(f, MaxBytes+1))
			fmt.Fprintf(h, "\n%d\n", n)
			return err
		}, note)
		if err != nil {
			note(path, err)
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}
