package english

import (
	_ "embed"
	"hash/crc32"
	"io"
	"strings"
)

// bin is all the tables: sections, one after the other, behind the 32-bit offset of each and of the end. All numbers are
// little-endian. tables/pack.go writes what is read here.
//
//go:embed words.bin
var bin string

// The sections, in the order of the file. A list of strings takes two: its text, and the 24-bit offsets within.
const (
	irregularForms = iota // forms that Snowball stems wrongly
	_
	irregularStems // and their stems, in the same order
	_
	words // folded forms
	_
	wordRarities // 1 byte each: twentieths of a nat
	wordNames    // 1 byte each: given and sur
	wordSenses   // 2 synset numbers of 16 bits each
	stems        // stems that have relations or phrases, or stand in them
	_
	stemRelations // 24 bits each, and one more: where its relations begin
	relations     // 3 bytes each: a stem of 16 bits, and the weight in hundredths
	stemPhrases   // 24 bits each, and one more: where its phrases begin
	phrases       // 1 byte, how many stems; then these, of 16 bits each
	stemOpposites // 24 bits each, and one more: where its opposites begin
	opposites     // 2 bytes each: a stem
	synsets       // 3 bytes each: the last synset below it, of 16 bits, and the coarse class
	nicknames     // pairs of given names, each with a space between, the first in the alphabet first
	_
)

// Sum gives a checksum of all tables, which tells whether what was looked up in them still holds.
func Sum() uint32 {
	h := crc32.NewIEEE()
	_, _ = io.Copy(h, strings.NewReader(bin)) // neither fails
	return h.Sum32()
}

// section gives the bytes of a section.
func section(n int) string {
	return bin[uint32At(bin, 4*n):uint32At(bin, 4*n+4)]
}

// list is a sorted list of strings.
type list struct{ text, offsets string }

func listAt(section1 int) list {
	return list{section(section1), section(section1 + 1)}
}

// at gives the i-th string, without copying it.
func (l list) at(i int) string {
	return l.text[uint24At(l.offsets, 3*i):uint24At(l.offsets, 3*i+3)]
}

// find gives the place of a string in the list.
func (l list) find(key string) (int, bool) {
	n := len(l.offsets)/3 - 1
	low, high := 0, n
	for low < high { // as sort.Find, with half the comparisons: most of what a question's words cost
		if middle := (low + high) / 2; l.at(middle) < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < n && l.at(low) == key
}

func uint16At(s string, i int) int { return int(s[i]) | int(s[i+1])<<8 }
func uint24At(s string, i int) int { return uint16At(s, i) | int(s[i+2])<<16 }
func uint32At(s string, i int) int { return uint24At(s, i) | int(s[i+3])<<24 }
