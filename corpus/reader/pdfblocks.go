package reader

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
)

// pdfDocument finds the headings, paragraphs, list items, rows of tables and footnotes of pages.
// A PDF does not say what its lines are: that is judged by their place and type.
func pdfDocument(pages []pdfPage) *document {
	l := layout{body: bodySize(pages), pitch: usualPitch(pages)}
	dropFurniture(pages, l.pitch)
	for i := range pages {
		l.page(i, pages[i].lines)
	}
	l.markReferences()
	return l.document()
}

// layout gathers blocks in reading order.
type layout struct {
	body   float64 // size of the type that most of the text is set in
	pitch  float64 // usual distance between two lines of it
	blocks []*pdfBlock
	text   *pdfBlock            // the last paragraph, which may go on after a page's end
	notes  map[noteID]*pdfBlock // footnotes
}

// pdfBlock is lines that belong together.
type pdfBlock struct {
	lines []*pdfLine
	page  int // of the last line
	kind  blockKind
	cells [][]pdfWord // of a row
	note  noteID      // of a footnote
	marks []noteID    // of the footnotes that the block refers to
	moved bool        // a footnote that stands behind the block which refers to it
}

type blockKind int

const (
	paragraph blockKind = iota
	row
	footnote
)

// noteID is the mark of a footnote, on its page.
type noteID struct {
	page int
	mark string
}

func (b *pdfBlock) last() *pdfLine { return b.lines[len(b.lines)-1] }

func (l *layout) page(number int, lines []pdfLine) {
	rows := rowsOf(lines)
	var block *pdfBlock // the one that the next line may go on with
	for i := range lines {
		line := &lines[i]
		var kind blockKind
		switch {
		case rows[i] != nil:
			kind = row
		case l.startsNote(line):
			kind = footnote
		case block != nil && block.kind == footnote && l.sameType(block.last(), line) && !l.apart(block.last(), line):
			kind = footnote
		}
		switch {
		case block != nil && block.kind == kind && l.goesOn(block, line, columnRight(lines, i)):
			block.lines = append(block.lines, line)
		case kind == paragraph && l.text != nil && l.text != block && l.goesOnElsewhere(l.text, line):
			block = l.text
			block.lines = append(block.lines, line)
		default:
			block = &pdfBlock{lines: []*pdfLine{line}, kind: kind, cells: rows[i]}
			l.blocks = append(l.blocks, block)
		}
		block.page = number
		switch kind {
		case paragraph:
			l.text = block
		case footnote:
			l.keepNote(block)
		}
	}
}

// sameType reports whether two lines are set in about the same size and weight.
func (l *layout) sameType(a, b *pdfLine) bool {
	return math.Abs(a.size-b.size) < 0.07*l.body && (a.bold == b.bold || len(a.words) == 0)
}

// apart reports whether b stands further below a than the next line would, or above it.
func (l *layout) apart(a, b *pdfLine) bool {
	fall := a.bottom - b.bottom
	return fall > 1.35*l.pitch*max(1, a.size/l.body) || fall < 0
}

// goesOn reports whether a line of the same page goes on with a block. Its column ends at right.
func (l *layout) goesOn(b *pdfBlock, line *pdfLine, right float64) bool {
	last := b.last()
	if b.kind == row || !l.sameType(last, line) || l.apart(last, line) || startsItem(line.String()) {
		return false
	}
	if l.isLarge(line) {
		return true // the lines of a heading, which may be centred
	}
	em, first := line.size, b.lines[0]
	item := startsItem(first.String())
	switch {
	case item:
		return line.left > first.left+em/2
	case b.kind == footnote:
		return !l.startsNote(line)
	case line.left > last.left+0.8*em: // a first line that is indented
		return false
	case line.left < last.left-0.8*em && len(b.lines) > 1:
		return false
	}
	// Where the next word had room, the line was ended on purpose.
	word := line.words[0].right - line.words[0].left
	return last.right+em/2+word > right || !endsSentence(last.String())
}

// goesOnElsewhere reports whether a line on top of a column or page goes on with a paragraph
// that was broken off.
func (l *layout) goesOnElsewhere(b *pdfBlock, line *pdfLine) bool {
	last := b.last()
	return l.sameType(last, line) && !l.isLarge(line) && !startsItem(line.String()) &&
		(strings.HasSuffix(last.String(), string(hyphen)) || !endsSentence(last.String()) && !startsUpper(line.String()))
}

func startsUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

func (l *layout) isLarge(line *pdfLine) bool { return line.size > 1.12*l.body }

// columnRight is how far lines of the same column reach.
func columnRight(lines []pdfLine, at int) float64 {
	const near = 40 // lines before and after
	right := lines[at].right
	for i := max(0, at-near); i < min(len(lines), at+near); i++ {
		if math.Abs(lines[i].left-lines[at].left) < 3*lines[at].size {
			right = max(right, lines[i].right)
		}
	}
	return right
}

// String is the words of the line.
func (l *pdfLine) String() string { return joinWords(l.words) }

func joinWords(words []pdfWord) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !w.glued {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// bodySize is the size of type that most characters have.
func bodySize(pages []pdfPage) float64 {
	lengths := map[float64]int{}
	for _, p := range pages {
		for i := range p.lines {
			lengths[p.lines[i].size] += len(p.lines[i].String())
		}
	}
	return most(lengths)
}

// usualPitch is the distance between most lines that follow each other.
func usualPitch(pages []pdfPage) float64 {
	body, falls := bodySize(pages), map[float64]int{}
	for _, p := range pages {
		for i := 1; i < len(p.lines); i++ {
			fall := p.lines[i-1].bottom - p.lines[i].bottom
			if p.lines[i].size == body && p.lines[i-1].size == body && fall > body/2 && fall < 3*body {
				falls[math.Round(fall*2)/2]++
			}
		}
	}
	if len(falls) == 0 {
		return 1.3 * body
	}
	return most(falls)
}

// most is the key with the highest count, the least of several.
func most(counts map[float64]int) (best float64) {
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		if counts[key] > counts[best] {
			best = key
		}
	}
	return best
}
