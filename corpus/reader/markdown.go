package reader

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"verbatim/corpus"
)

// readMarkdown turns Markdown into the text that a reader of it sees: no marks of emphasis, links
// by their words, list items and table rows as passages.
func readMarkdown(raw []byte) (*document, error) {
	source, err := decode(raw)
	if err != nil {
		return nil, err
	}
	var matter document
	start := frontMatter(source, &matter)
	w := markdownWriter{source: []byte(source[start:])}
	parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote)).Parser()
	root := parser.Parse(text.NewReader(w.source))
	w.findNotes(root)
	w.children(root)
	d := w.document()
	d.Title, d.Author = matter.Title, matter.Author
	return d, nil
}

type markdownWriter struct {
	writer
	source []byte
	notes  map[int]string // footnotes by their number
	marks  []int          // those that the block refers to
}

// findNotes reads the footnotes, which the parser has put at the end.
func (w *markdownWriter) findNotes(root ast.Node) {
	w.notes = map[int]string{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		note, ok := n.(*extast.Footnote)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		inner := markdownWriter{source: w.source}
		inner.children(note)
		w.notes[note.Index] = corpus.Unwrap(inner.text.String())
		return ast.WalkSkipChildren, nil
	})
	w.marks = nil
}

func (w *markdownWriter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

// block writes a block and the footnotes that it refers to; those that only hold other blocks
// are gone into.
func (w *markdownWriter) block(n ast.Node) {
	defer func() {
		for _, mark := range w.marks {
			w.write(w.notes[mark], 0)
		}
		w.marks = nil
	}()
	switch n := n.(type) {
	case *ast.Heading:
		w.write(w.inline(n), n.Level)
	case *ast.Paragraph, *ast.TextBlock:
		w.write(w.inline(n), 0)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		w.write(w.linesOf(n), 0)
	case *extast.TableHeader, *extast.TableRow:
		w.write(w.row(n), 0)
	case *ast.HTMLBlock, *ast.ThematicBreak, *extast.FootnoteList:
	default:
		w.children(n)
	}
}

// inline is the text of a block without its marks.
func (w *markdownWriter) inline(block ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(w.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *extast.FootnoteLink:
			w.marks = append(w.marks, n.Index)
		case *ast.AutoLink:
			b.Write(n.Label(w.source))
		}
		return ast.WalkContinue, nil
	})
	return unescape(b.String())
}

// punctuation may stand behind a backslash (CommonMark 2.4).
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

var entities = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&nbsp;", "\u00a0", "&#39;", "'")

// unescape takes the backslashes from before punctuation and resolves the common entities.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte(punctuation, s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return entities.Replace(b.String())
}

func (w *markdownWriter) linesOf(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(w.source))
	}
	return b.String()
}

// row joins the cells of a table's row.
func (w *markdownWriter) row(n ast.Node) string {
	var cells []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, w.inline(c))
	}
	return strings.Join(cells, cellBreak)
}
