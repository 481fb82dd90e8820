package main

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"verbatim/corpus"
)

// word is a word of a passage; marked ones belong to the answering sentence.
type word struct {
	text   string
	marked bool
}

// words splits a passage of a text at white space. A word that is wider than a line is
// broken, so that no line is left to the terminal to break.
func words(text string, passage, sentence corpus.Span, width int) (out []word) {
	for at := passage.Start; at < passage.End; {
		part := text[at:passage.End]
		if end := strings.IndexFunc(part, unicode.IsSpace); end >= 0 {
			part = part[:end]
		}
		marked := sentence.Contains(corpus.Span{Start: at, End: at + len(part)})
		for _, piece := range pieces(visible(part), width) {
			out = append(out, word{piece, marked})
		}
		at += len(part)
		at = passage.End - len(strings.TrimLeftFunc(text[at:passage.End], unicode.IsSpace))
	}
	return out
}

// lines fills lines of at most the given width.
func lines(words []word, width int) (out [][]word) {
	used := 0
	for _, w := range words {
		need := lipgloss.Width(w.text)
		if len(out) == 0 || used+1+need > width {
			out, used = append(out, nil), -1
		}
		last := len(out) - 1
		out[last] = append(out[last], w)
		used += 1 + need
	}
	return out
}

// pieces cuts a word into parts that fit a line; no part is left of an empty one.
func pieces(word string, width int) (out []string) {
	for lipgloss.Width(word) > width {
		end := 0
		for i, r := range word {
			if end = i; i > 0 && lipgloss.Width(word[:i+len(string(r))]) > width {
				break
			}
		}
		out, word = append(out, word[:end]), word[end:]
	}
	if word == "" {
		return out
	}
	return append(out, word)
}

// split splits words of our own.
func split(text string, width int) []word {
	return words(text, corpus.Span{End: len(text)}, corpus.Span{}, width)
}

// wrap breaks words of our own into lines.
func wrap(text string, width int) string {
	var out []string
	for _, line := range lines(split(text, width), width) {
		out = append(out, join(line))
	}
	return strings.Join(out, "\n")
}

func join(line []word) string {
	texts := make([]string, len(line))
	for i, w := range line {
		texts[i] = w.text
	}
	return strings.Join(texts, " ")
}

// visible drops what would not be printed but obeyed: control characters, which can
// drive a terminal, and marks that turn the direction of writing.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, s)
}
