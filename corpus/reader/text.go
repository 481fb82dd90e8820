package reader

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// readText reads plain text after its front matter.
func readText(raw []byte) (*document, error) {
	text, err := decode(raw)
	if err != nil {
		return nil, err
	}
	d := &document{Text: text}
	start := frontMatter(text, d)
	d.Blocks = textBlocks(text[start:])
	for i := range d.Blocks {
		d.Blocks[i].Start += start
		d.Blocks[i].End += start
	}
	return d, nil
}

// textBlocks finds the passages and headings of a plain text, whose bytes stay as they are.
//
// Two ways of writing are met: a paragraph a line, where a heading is a short bare line, and
// paragraphs of hard-wrapped lines with empty lines between. Which of them a line break is, is
// judged by the lines around it.
func textBlocks(text string) []corpus.Block {
	t := textReader{text: text, lines: linesOf(text)}
	t.perLine = paragraphsPerLine(t.lines)
	for i := 0; i < len(t.lines); {
		if t.lines[i].blank() {
			i++
			continue
		}
		end := i
		for end < len(t.lines) && !t.lines[end].blank() {
			end++
		}
		t.chunk(i, end)
		i = end
	}
	return t.blocks
}

const (
	// longLine is how many characters a hard-wrapped line has at most; a longer line is a
	// paragraph of its own.
	longLine = 120
	// A heading is short.
	headingLength, headingWords = 90, 12
)

// line is a line of a text without the spaces and the break at its ends.
type line struct {
	corpus.Span
	text   string
	length int // characters
}

func (l *line) blank() bool { return l.length == 0 }

func linesOf(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	for start := 0; start < len(text); {
		end := strings.IndexAny(text[start:], "\n\r")
		next := len(text)
		if end < 0 {
			end = len(text)
		} else {
			end += start
			next = end + 1
			if strings.HasPrefix(text[end:], "\r\n") {
				next++
			}
		}
		lines = append(lines, lineAt(text, start, end))
		start = next
	}
	return lines
}

func lineAt(text string, start, end int) line {
	part := text[start:end]
	start += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	part = strings.TrimSpace(part)
	return line{corpus.Span{Start: start, End: start + len(part)}, part, utf8.RuneCountInString(part)}
}

type textReader struct {
	text    string
	lines   []line
	perLine bool // a line is a paragraph
	blocks  []corpus.Block
}

// paragraphsPerLine tells the two ways of writing apart: where lines are paragraphs, most of
// those that are no headings end with a sentence; of wrapped ones, about one in eight does.
func paragraphsPerLine(lines []line) bool {
	const short = 40 // characters: the last lines of wrapped paragraphs, headings, verses
	ends, all := 0, 0
	for i := range lines {
		if lines[i].length > short && !startsItem(lines[i].text) {
			all++
			if endsSentence(lines[i].text) {
				ends++
			}
		}
	}
	return 5*ends > 3*all
}

// chunk reads lines without an empty one between.
func (t *textReader) chunk(from, to int) {
	width := t.width(from, to)
	for i := from; i < to; {
		l := &t.lines[i]
		switch {
		case i+1 < to && underlines(t.lines[i+1].text) && l.length <= headingLength && !underlines(l.text):
			t.add(l.Span, underlineLevel(t.lines[i+1].text))
			i += 2
		case underlines(l.text):
			i++
		case marked(l.text) > 0:
			t.markedHeading(l)
			i++
		case t.isHeading(i, from, to):
			t.add(l.Span, 1)
			i++
		default:
			end := t.paragraph(i, to, width)
			t.add(corpus.Span{Start: l.Start, End: t.lines[end-1].End}, 0)
			i = end
		}
	}
}

func (t *textReader) add(at corpus.Span, level int) {
	at.Start += bulletLength(t.text[at.Start:at.End])
	t.blocks = append(t.blocks, corpus.Block{Span: at, Level: level})
}

// width is the length of the longest line that may be a wrapped one.
func (t *textReader) width(from, to int) (longest int) {
	for _, l := range t.lines[from:to] {
		if l.length <= longLine {
			longest = max(longest, l.length)
		}
	}
	return longest
}

// paragraph returns where the paragraph that starts at line i ends.
func (t *textReader) paragraph(i, to, width int) int {
	for i++; i < to; i++ {
		if !t.goesOn(&t.lines[i-1], &t.lines[i], width) || marked(t.lines[i].text) > 0 || i+1 < to && underlines(t.lines[i+1].text) {
			return i
		}
	}
	return to
}

// goesOn reports whether a line break was forced by the width of the lines: the next line's first
// word had no room. A line that ends without an end to its sentence goes on, too.
func (t *textReader) goesOn(l, next *line, width int) bool {
	if t.perLine && endsSentence(l.text) {
		return false
	}
	if l.length > longLine || next.length > longLine || startsItem(next.text) || isRow(l.text) || isRow(next.text) {
		return false
	}
	if underlines(next.text) {
		return false
	}
	word, _, _ := strings.Cut(next.text, " ")
	if l.length+1+utf8.RuneCountInString(word) > width {
		return true
	}
	first, _ := utf8.DecodeRuneInString(next.text)
	return !endsSentence(l.text) && (unicode.IsLower(first) || 2*l.length > width && !isRecord(next.text))
}

var (
	item    = regexp.MustCompile(`^(?:[-*+•‣◦▪–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][)])\s+\S`)
	record  = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} ]{0,30}:\s`)
	chapter = regexp.MustCompile(`(?i)^(?:chapter|part|book|section|article|act|scene|appendix|canto|letter|volume|§)\s+(?:\d+|[ivxlcdm]+|one|two|three|four|five|six|seven|eight|nine|ten)\b`)
)

// bulletLength is how many bytes the bullet of a list item takes, with the spaces behind it. A
// number is no bullet: it is read out.
func bulletLength(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	rest := strings.TrimLeftFunc(s[size:], unicode.IsSpace)
	if !strings.ContainsRune("-*+•‣◦▪", r) || rest == "" || len(rest) == len(s)-size {
		return 0
	}
	return len(s) - len(rest)
}

func startsItem(s string) bool { return item.MatchString(s) }

// isRow takes a line with cells for the row of a table.
func isRow(s string) bool { return strings.Count(s, "|") >= 2 || strings.Count(s, "\t") >= 2 }

func isRecord(s string) bool { return record.MatchString(s) }

// underlines reports whether a line is a rule of the kind that underlines a heading.
func underlines(s string) bool {
	return len(s) >= 3 && (strings.Trim(s, "=") == "" || strings.Trim(s, "-") == "")
}

func underlineLevel(s string) int {
	if s[0] == '=' {
		return 1
	}
	return 2
}

// marked is the level of a heading that is written as "## Heading"; 0 for another line.
func marked(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "#"))
	if n == 0 || n > 6 || len(s) == n || s[n] != ' ' && s[n] != '\t' {
		return 0
	}
	return n
}

func (t *textReader) markedHeading(l *line) {
	level := marked(l.text)
	t.add(lineAt(t.text, l.Start+level, l.End).Span, level)
}

// isHeading takes a short bare line for a heading where text follows that is not one itself.
func (t *textReader) isHeading(i, from, to int) bool {
	l := &t.lines[i]
	if !looksLikeHeading(l) {
		return false
	}
	alone := i+1 == to
	next := i + 1
	for next < len(t.lines) && t.lines[next].blank() {
		next++
	}
	switch {
	case next == len(t.lines):
		return false
	case i > from && t.goesOn(&t.lines[i-1], l, t.width(from, to)): // the last words of a paragraph
		return false
	case alone && i == from, t.perLine: // between empty lines, or between paragraphs
		return true
	case t.lines[next].length > longLine: // a paragraph a line
		return true
	case i == from && i+2 < to: // on top of wrapped lines
		return t.lines[next].length > headingLength*2/3 && 2*l.length < t.width(from, to)*3/2 && !t.goesOn(l, &t.lines[next], t.width(from, to))
	}
	return endsSentence(t.lines[next].text) && t.lines[next].length > l.length && !endsSentence(l.text)
}

func looksLikeHeading(l *line) bool {
	if l.length > headingLength || len(strings.Fields(l.text)) > headingWords || startsItem(l.text) && !numbered.MatchString(l.text) || isRow(l.text) || isRecord(l.text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.text, `"“‘'([*_`))
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && first != '§' {
		return false
	}
	return !endsSentence(l.text) && !strings.HasSuffix(l.text, ",") && !strings.HasSuffix(l.text, ";") || capitals(l.text) || chapter.MatchString(l.text)
}

// numbered headings look like the items of a list: "2. The election".
var numbered = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}[^.!?]*$`)

// capitals reports whether a line is in capitals only.
func capitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsUpper) && len(s) > 3
}

// endsSentence reports whether a line ends like a sentence, quotation marks and brackets aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"”’'»)]*_`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '.' || r == '!' || r == '?' || r == '…' || r == ':'
}
