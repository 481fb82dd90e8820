package bot

import (
	"unicode/utf16"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"verbatim/corpus"
)

// cut marks words that were left out; it stands outside of what is quoted.
const cut = "…"

// units is the length of a text as Discord counts it, in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// excerpt is the passage of a quote in Markdown with its sentence in bold, in at most so many
// units: whole where it fits, else the sentence with as many of its neighbours as fit.
func excerpt(q corpus.Quote, room int) string {
	passage := q.Story().Passages[q.Passage()]
	shown := make([]string, len(passage.Sentences))
	for i, s := range passage.Sentences {
		shown[i] = escape(corpus.Unwrap(q.Story().Text[s.Start:s.End]))
	}
	at := q.Sentence()
	room -= 2 * units("**")
	if units(shown[at]) > room-units(cut) {
		shown[at] = clipUnits(shown[at], room-2*units(cut+" ")) + cut
	}
	from, to := window(shown, at, room-2*units(cut+" "))
	shown[at] = "**" + shown[at] + "**"
	return isolate(joinSentences(shown, from, to))
}

// plainExcerpt is the end or the beginning of a passage, whichever is nearer to the quote.
func plainExcerpt(q corpus.Quote, room int, end bool) string {
	passage := q.Story().Passages[q.Passage()]
	var shown []string
	for _, s := range passage.Sentences {
		shown = append(shown, escape(corpus.Unwrap(q.Story().Text[s.Start:s.End])))
	}
	at := 0
	if end {
		at = len(shown) - 1
	}
	if units(shown[at]) > room {
		return isolate(clipUnits(shown[at], room-units(cut)) + cut)
	}
	from, to := window(shown, at, room-2*units(cut+" "))
	return isolate(joinSentences(shown, from, to))
}

// window grows around a sentence, after it and before it in turn, while all fits; half-open.
func window(shown []string, at, room int) (from, to int) {
	from, to = at, at+1
	used := units(shown[at])
	for grown := true; grown; {
		grown = false
		if to < len(shown) && used+1+units(shown[to]) <= room {
			used, to, grown = used+1+units(shown[to]), to+1, true
		}
		if from > 0 && used+1+units(shown[from-1]) <= room {
			used, from, grown = used+1+units(shown[from-1]), from-1, true
		}
	}
	return from, to
}

func joinSentences(shown []string, from, to int) string {
	text := ""
	if from > 0 {
		text = cut + " "
	}
	for i := from; i < to; i++ {
		if i > from {
			text += " "
		}
		text += shown[i]
	}
	if to < len(shown) {
		text += " " + cut
	}
	return text
}

// clipUnits cuts a text to at most so many units, between two characters as people see them and
// not behind the backslash of an escape.
func clipUnits(s string, most int) string {
	used := 0
	for g := graphemes.FromString(s); g.Next(); {
		n := units(g.Value())
		if used+n > most {
			s = s[:g.Start()]
			break
		}
		used += n
	}
	if slashes := trailing(s, '\\'); slashes%2 == 1 {
		s = s[:len(s)-1]
	}
	return s
}

func trailing(s string, c byte) (n int) {
	for n < len(s) && s[len(s)-1-n] == c {
		n++
	}
	return n
}

// clip shortens a text to so many units, with a mark where something is missing.
func clip(s string, most int) string {
	if units(s) <= most {
		return s
	}
	return clipUnits(s, most-units(cut)) + cut
}
