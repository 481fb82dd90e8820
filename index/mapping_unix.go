//go:build unix

package index

import "golang.org/x/sys/unix"

// forget lets the system take back the memory of what was read; it is read again when needed.
func (m mapping) forget() {
	if m != nil {
		_ = unix.Madvise(m, unix.MADV_DONTNEED) // only advice
	}
}
