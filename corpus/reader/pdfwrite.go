package reader

import (
	"regexp"
	"slices"
	"strings"
)

var mark = regexp.MustCompile(`^(?:\d{1,3}|[*†‡§]{1,3})$`)

// startsNote reports whether a footnote begins with the line: small type, behind a mark.
func (l *layout) startsNote(line *pdfLine) bool {
	return line.size < 0.93*l.body && len(line.words) > 1 && mark.MatchString(line.words[0].text)
}

func (l *layout) keepNote(b *pdfBlock) {
	if l.notes == nil {
		l.notes = map[noteID]*pdfBlock{}
	}
	b.note = noteID{b.page, b.lines[0].words[0].text}
	l.notes[b.note] = b
}

// markReferences finds the raised marks of footnotes and takes them out of the text.
func (l *layout) markReferences() {
	for _, b := range l.blocks {
		if b.kind == footnote {
			continue
		}
		for _, line := range b.lines {
			line.words = slices.DeleteFunc(line.words, func(w pdfWord) bool {
				raised := w.size < 0.85*line.size && w.bottom > line.bottom && mark.MatchString(w.text)
				note := l.noteOn(b.page, w.text)
				if !raised || note == nil || note.moved {
					return false
				}
				note.moved = true
				b.marks = append(b.marks, note.note)
				return true
			})
		}
	}
}

// noteOn finds a footnote on the page where a block ends, or on the one before.
func (l *layout) noteOn(page int, mark string) *pdfBlock {
	if note := l.notes[noteID{page, mark}]; note != nil {
		return note
	}
	return l.notes[noteID{page - 1, mark}]
}

// document writes the blocks, each footnote behind the block that refers to it.
func (l *layout) document() *document {
	var w writer
	join := joinerOf(l.blocks)
	levels := l.levels()
	title, largest := "", 0.0
	for _, b := range l.blocks {
		text := clean(join.text(b))
		switch {
		case b.moved:
			continue
		case b.kind == row:
			w.write(rowText(b.cells), 0)
		case l.isHeading(b, text):
			if b.page == 0 && b.last().size > largest {
				title, largest = text, b.last().size
			}
			w.write(text, levels[b.last().size])
		default:
			w.write(text[bulletLength(text):], 0)
		}
		for _, id := range b.marks {
			w.write(clean(join.text(l.notes[id])), 0)
		}
	}
	d := w.document()
	d.Title = title
	return d
}

// isHeading takes short text in large or bold type for a heading.
func (l *layout) isHeading(b *pdfBlock, text string) bool {
	const most = 200 // bytes
	line := b.last()
	if b.kind != paragraph || len(text) > most || startsItem(text) && !numbered.MatchString(text) {
		return false
	}
	if l.isLarge(line) {
		return !endsSentence(text) || len(text) < most/3
	}
	return line.bold && line.size > 0.95*l.body && !endsSentence(text)
}

// levels orders the sizes of headings, the largest first.
func (l *layout) levels() map[float64]int {
	var sizes []float64
	for _, b := range l.blocks {
		if l.isHeading(b, b.last().String()) && !slices.Contains(sizes, b.last().size) {
			sizes = append(sizes, b.last().size)
		}
	}
	slices.Sort(sizes)
	levels := map[float64]int{}
	for i, size := range sizes {
		levels[size] = min(len(sizes)-i, 6)
	}
	return levels
}

// rowText joins the cells of a row.
func rowText(cells [][]pdfWord) string {
	texts := make([]string, len(cells))
	for i, words := range cells {
		texts[i] = clean(joinWords(words))
	}
	return strings.Join(texts, cellBreak)
}

// joiner puts the lines of blocks together.
type joiner struct {
	hyphenated map[string]bool // words that are written with a hyphen within a line
}

func joinerOf(blocks []*pdfBlock) joiner {
	j := joiner{map[string]bool{}}
	for _, b := range blocks {
		for _, line := range b.lines {
			for _, w := range line.words {
				if strings.Contains(w.text, "-") {
					j.hyphenated[bare(w.text)] = true
				}
			}
		}
	}
	return j
}

// bare is a word without the punctuation around it, in lower case.
func bare(s string) string { return strings.ToLower(strings.Trim(s, `.,;:!?()[]"'“”‘’`)) }

// text joins the lines of a block. A hyphen at the end of a line is kept only where the same
// word has one elsewhere.
func (j joiner) text(b *pdfBlock) string {
	var out strings.Builder
	for i, line := range b.lines {
		words := line.words
		if i == 0 && b.kind == footnote {
			words = slices.Clone(words[1:])
			words[0].glued = false
		}
		text := joinWords(words)
		head, split := strings.CutSuffix(text, string(hyphen))
		out.WriteString(head)
		switch {
		case i+1 == len(b.lines):
			if split {
				out.WriteByte('-')
			}
		case !split:
			out.WriteByte(' ')
		default:
			from := head[strings.LastIndexByte(head, ' ')+1:]
			to, _, _ := strings.Cut(b.lines[i+1].String(), " ")
			if j.hyphenated[bare(from+"-"+to)] {
				out.WriteByte('-')
			}
		}
	}
	return out.String()
}
