package reader

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pdfPage is a page's lines, in the order in which they are read.
type pdfPage struct{ lines []pdfLine }

// pdfLine is a line of a page, in points of 1/72 inch, from the lower left corner.
type pdfLine struct {
	words                    []pdfWord
	left, right, top, bottom float64
	size                     float64 // of the type that most of it is set in
	bold                     bool    // all of it
}

// pdfWord is a word, or a part of one that is set in another size.
type pdfWord struct {
	text                     string
	left, right, top, bottom float64
	size                     float64
	bold                     bool
	glued                    bool // to the word before
}

// hyphen stands for one that splits a word at the end of a line.
const hyphen = '\u0002'

// page reads the lines of a page. PDFium gives the characters in reading order, with spaces and
// line breaks where it sees them.
func (e *pdfEngine) page(file references.FPDF_DOCUMENT, index int) ([]pdfLine, error) {
	opened, err := e.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: file, Index: index}}})
	if err != nil {
		return nil, err
	}
	defer func() {
		_, _ = e.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: opened.TextPage})
	}()
	count, err := e.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: opened.TextPage})
	if err != nil {
		return nil, err
	}
	p := pageReader{engine: e, page: opened.TextPage}
	for i := range count.Count {
		p.char(i)
	}
	p.endLine()
	return joinLines(p.lines), nil
}

type pageReader struct {
	engine *pdfEngine
	page   references.FPDF_TEXTPAGE
	lines  []pdfLine
	line   pdfLine

	word        strings.Builder
	first, last int     // characters of the word
	size        float64 // of its type, before it is scaled
	glued       bool
}

func (p *pageReader) char(i int) {
	got, err := p.engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: p.page, Index: i})
	if err != nil {
		return
	}
	r := rune(got.Unicode)
	switch {
	case r == '\r' || r == '\n':
		p.endLine()
		return
	case unicode.IsSpace(r):
		p.endWord()
		p.glued = false
		return
	case r == hyphen || r == '\ufffe':
		p.word.WriteRune(hyphen)
		p.endLine()
		return
	case r == '\ufffd' || unicode.IsControl(r):
		return
	}
	// A mark such as that of a footnote follows a word without a space.
	if mayMark(r) && p.word.Len() > 0 && p.sizeOf(i) != p.size {
		p.endWord()
		p.glued = true
	}
	if p.word.Len() == 0 {
		p.first, p.size = i, p.sizeOf(i)
	} else if !mayMark(r) && p.first == p.last && p.sizeOf(i) != p.size { // a mark before a word
		p.endWord()
		p.glued, p.first, p.size = true, i, p.sizeOf(i)
	}
	p.word.WriteRune(r)
	p.last = i
}

// mayMark reports whether footnotes are marked with the character.
func mayMark(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("*†‡§", r) }

func (p *pageReader) sizeOf(char int) float64 {
	got, err := p.engine.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: p.page, Index: char})
	if err != nil {
		return 0
	}
	return got.FontSize
}

func (p *pageReader) endWord() {
	if p.word.Len() == 0 || p.word.String() == string(hyphen) {
		p.word.Reset()
		return
	}
	w := pdfWord{text: p.word.String(), glued: p.glued}
	p.word.Reset()
	p.glued = false
	from, err := p.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: p.page, Index: p.first})
	if err != nil {
		return
	}
	to := from
	if p.last != p.first {
		if to, err = p.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: p.page, Index: p.last}); err != nil {
			return
		}
	}
	w.left, w.right = float64(min(from.Rect.Left, to.Rect.Left)), float64(max(from.Rect.Right, to.Rect.Right))
	w.top, w.bottom = float64(from.Rect.Top), float64(from.Rect.Bottom)
	w.size, w.bold = p.size*p.scale(), p.isBold()
	p.line.words = append(p.line.words, w)
}

// scale is how much larger than its nominal size the word is drawn.
func (p *pageReader) scale() float64 {
	got, err := p.engine.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: p.page, Index: p.first})
	if err != nil {
		return 1
	}
	return math.Hypot(float64(got.Matrix.C), float64(got.Matrix.D))
}

func (p *pageReader) isBold() bool {
	got, err := p.engine.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: p.page, Index: p.first})
	if err != nil {
		return false
	}
	name := strings.ToLower(got.FontName)
	return strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
}

func (p *pageReader) endLine() {
	p.endWord()
	p.glued = false
	if len(p.line.words) > 0 {
		p.line.measure()
		p.lines = append(p.lines, p.line)
	}
	p.line = pdfLine{}
}

// measure derives the line's place and type from its words.
func (l *pdfLine) measure() {
	first := l.words[0]
	l.left, l.right, l.top, l.bottom, l.bold = first.left, first.right, first.top, first.bottom, true
	lengths := map[float64]int{}
	for _, w := range l.words {
		l.left, l.right = min(l.left, w.left), max(l.right, w.right)
		l.bold = l.bold && w.bold
		size := math.Round(w.size*10) / 10
		lengths[size] += len(w.text)
		if best := lengths[l.size]; lengths[size] > best || lengths[size] == best && size > l.size {
			l.size = size
		}
	}
	// The place of the line is that of its main type, so that marks do not move it.
	for _, w := range l.words {
		if math.Abs(w.size-l.size) < 0.1 {
			l.top, l.bottom = w.top, w.bottom
			break
		}
	}
}

// joinLines joins lines that stand side by side: PDFium breaks them at raised marks, and
// between some cells of a table.
func joinLines(lines []pdfLine) []pdfLine {
	out := lines[:0]
	for _, l := range lines {
		if n := len(out); n > 0 && beside(&out[n-1], &l) {
			// A raised mark ends the line without the space that follows it.
			out[n-1].words = append(out[n-1].words, l.words...)
			out[n-1].measure()
			continue
		}
		out = append(out, l)
	}
	for i := range out {
		rightToLeft(out[i].words)
	}
	return out
}

// beside reports whether b goes on to the right of a, at the same height.
func beside(a, b *pdfLine) bool {
	overlap := min(a.top, b.top) - max(a.bottom, b.bottom)
	return b.left > a.right-a.size/2 && overlap > 0.6*min(a.top-a.bottom, b.top-b.bottom)
}

// rightToLeft puts runs of words of scripts that are written so into the order in which they
// are read; the punctuation on their right end is behind the last of them then.
func rightToLeft(words []pdfWord) {
	for i := 0; i < len(words); i++ {
		end := i
		for end < len(words) && isRightToLeft(words[end].text) {
			end++
		}
		if end-i < 2 {
			continue
		}
		run := words[i:end]
		slices.SortStableFunc(run, func(a, b pdfWord) int { return cmp.Compare(b.left, a.left) })
		text := strings.TrimRight(run[0].text, ".,;:!?")
		run[len(run)-1].text += run[0].text[len(text):]
		run[0].text = text
		i = end - 1
	}
}

func isRightToLeft(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana)
	})
}
