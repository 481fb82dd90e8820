package main

import (
	"encoding/binary"
	"strings"
)

// pack puts the sections one after the other behind their offsets. table.go of package english reads what it writes.
func pack(sections [][]byte) []byte {
	var head, body []byte
	start := 4 * (len(sections) + 1)
	for _, s := range sections {
		head = binary.LittleEndian.AppendUint32(head, uint32(start+len(body)))
		body = append(body, s...)
	}
	head = binary.LittleEndian.AppendUint32(head, uint32(start+len(body)))
	return append(head, body...)
}

// keys are two sections: the strings one after the other, and 24-bit offsets of each, with one more for the end.
func keys(sorted []string) (text, at []byte) {
	n := 0
	for _, s := range sorted {
		at = uint24(at, n)
		n += len(s)
	}
	return []byte(strings.Join(sorted, "")), uint24(at, n)
}

func uint24(b []byte, n int) []byte {
	return append(b, byte(n), byte(n>>8), byte(n>>16))
}

func uint16(b []byte, n int) []byte {
	if n > 0xffff {
		panic("tables: a number of a table does not fit 16 bits")
	}
	return append(b, byte(n), byte(n>>8))
}
