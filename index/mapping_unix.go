//go:build unix

package index

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget lets the system take back the memory of what was read; it is read again when needed.
func (m mapping) forget() {
	if m != nil {
		_ = unix.Madvise(m, unix.MADV_DONTNEED) // only advice
	}
}

// sparsely reads of it only what is used, which from a cold disk is otherwise megabytes around.
func (m mapping) sparsely(use func() error) error {
	if m == nil {
		return use()
	}
	_ = unix.Madvise(m, unix.MADV_RANDOM) // only advice
	defer func() { _ = unix.Madvise(m, unix.MADV_NORMAL) }()
	return use()
}

// around is how much the system may map at once around what is read, on either side.
const around = 64 << 10

// forgetPart does so for a part of it, and what was mapped around it.
func (m mapping) forgetPart(part []byte) {
	if m == nil || len(part) == 0 {
		return
	}
	from, page := placeIn(m, part), os.Getpagesize()
	to := min(from+len(part)+around, len(m))
	from = max(0, from-around) / page * page
	_ = unix.Madvise(m[from:to], unix.MADV_DONTNEED) // only advice
}
