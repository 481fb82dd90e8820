package index

import "unsafe"

// This file alone reads memory as another type than it was written as. The rows of an index hold
// no pointers, so that they can lie in a file as they lie in memory.

// rowsOf reads bytes as rows; both share the memory. A part of a row at the end is left out.
func rowsOf[T any](b []byte) []T {
	n := len(b) / rowSize[T]()
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

// bytesOf reads rows as bytes; both share the memory.
func bytesOf[T any](rows []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(rows))), len(rows)*rowSize[T]())
}

// stringOf reads bytes as a string; both share the memory, so that the string is good for as long
// as the bytes are. What leaves the package is cloned.
func stringOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bytesIn reads a string as bytes, which must not be changed.
func bytesIn(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// placeIn is where in a piece of memory a part of it begins.
func placeIn(whole, part []byte) int {
	return int(uintptr(unsafe.Pointer(unsafe.SliceData(part))) - uintptr(unsafe.Pointer(unsafe.SliceData(whole))))
}

func rowSize[T any]() int {
	var row T
	return int(unsafe.Sizeof(row))
}
