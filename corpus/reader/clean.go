package reader

import (
	"strings"
	"unicode"
)

// clean drops from a line of a document what nobody sees and no question would hold: control
// characters, soft hyphens, spaces of no width, and marks that turn the direction of writing.
// White space becomes single spaces.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff', r == '\u200e', r == '\u200f',
			'\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069', 0xe0000 <= r && r <= 0xe007f, r == '\ufffd':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
