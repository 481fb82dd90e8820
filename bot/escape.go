package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostMarks is how many combining marks may follow a letter: no language stacks more, and text
// that does covers the lines around it.
const mostMarks = 4

// escape writes a line of text so that Discord shows it as it is: no mark-up, mention, link
// with another address, list or heading comes of it. Plain prose stays without backslashes.
// Characters that turn or hide text are dropped; line breaks become spaces.
func escape(line string) string {
	line = clean(line)
	var b strings.Builder
	b.Grow(len(line) + 16)
	b.WriteString(escapedStart(&line))
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if marksUp(line, i, r) {
			b.WriteByte('\\')
		}
		b.WriteString(line[i : i+size])
		i += size
	}
	return b.String()
}

// marksUp reports whether Discord may read the character at i as mark-up.
func marksUp(line string, i int, r rune) bool {
	switch r {
	case '\\', '*', '_', '`':
		return true
	case '~', '|':
		return i > 0 && line[i-1] == line[i] || i+1 < len(line) && line[i+1] == line[i]
	case '[':
		return strings.Contains(line[i:], "](")
	case '<':
		return i+1 < len(line) && (strings.IndexByte("@#:/", line[i+1]) >= 0 || isLetter(line[i+1]))
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// escapedStart takes off the front of a line what would start a heading, list, quote or small
// print there, and returns it escaped.
func escapedStart(line *string) string {
	s := *line
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	switch {
	case digits > 0 && digits < len(s)-1 && s[digits] == '.' && s[digits+1] == ' ':
		*line = s[digits+1:]
		return s[:digits] + `\.`
	case s != "" && strings.IndexByte("#>-+", s[0]) >= 0:
		*line = s[1:]
		return `\` + s[:1]
	}
	return ""
}

// clean drops what changes how other characters are shown, and joins lines.
func clean(s string) string {
	if isPlain(s) {
		return s
	}
	marks := 0
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			if marks++; marks > mostMarks {
				return -1
			}
			return r
		}
		marks = 0
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case hides(r):
			return -1
		}
		return r
	}, s)
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// hides reports whether a character is a control or turns, joins or hides its neighbours
// unseen. The joiners within emoji and scripts that need them stay.
func hides(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069': // directions
		return true
	case r == '\u200b', r == '\u200e', r == '\u200f', r == '\u2060', r == '\ufeff', r == '\u061c', r == '\u00ad':
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tags
		return true
	}
	return r == utf8.RuneError
}

// isolate keeps text that runs from right to left from turning around what stands beside it.
func isolate(s string) string {
	for _, r := range s {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}
