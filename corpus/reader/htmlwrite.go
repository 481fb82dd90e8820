package reader

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlWriter writes what a reader of a page sees: headings, paragraphs, items and rows.
type htmlWriter struct {
	writer
	notes  map[string]*html.Node // footnotes that something refers to, by file and ID
	isNote map[*html.Node]bool   // the same, which are written where they are referred to

	file    string // of the page, for links to its footnotes
	inline  strings.Builder
	pending []string // footnotes that the paragraph refers to
	table   tableReader
	level   int // of the heading that is open
}

// htmlDocument writes pages one after another.
func htmlDocument(files ...htmlFile) *document {
	var w htmlWriter
	w.findNotes(files)
	for _, f := range files {
		w.file = f.name
		w.children(f.body)
		w.endParagraph()
	}
	return w.document()
}

func (w *htmlWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *htmlWriter) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.inline.WriteString(n.Data)
	case n.Type != html.ElementNode || isUnseen(n) || w.isNote[n]:
	case w.refersTo(n) != nil:
		w.pending = append(w.pending, noteText(w.refersTo(n)))
	default:
		w.element(n)
	}
}

func (w *htmlWriter) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Br:
		if n.NextSibling != nil && isBreak(n.NextSibling) {
			w.endParagraph()
		}
		w.inline.WriteByte(' ')
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.endParagraph()
		w.level = int(n.Data[1] - '0')
		w.children(n)
		w.endParagraph()
		w.level = 0
	case atom.Table:
		w.endParagraph()
		w.table.start()
		w.children(n)
		w.endParagraph()
		w.table.end()
	case atom.Tr:
		w.children(n)
		w.endParagraph()
		w.table.endRow(&w.writer)
	case atom.Td, atom.Th:
		w.endParagraph()
		w.children(n)
		w.endParagraph()
		w.table.endCell()
	default:
		if !isBlock[n.DataAtom] {
			w.children(n)
			return
		}
		w.endParagraph()
		w.children(n)
		w.endParagraph()
	}
}

// endParagraph writes what was gathered, and the footnotes behind it.
func (w *htmlWriter) endParagraph() {
	text, notes := clean(w.inline.String()), w.pending
	w.inline.Reset()
	w.pending = nil
	switch {
	case w.table.open():
		if text != "" || len(notes) > 0 {
			w.table.add(text, notes)
		}
		return
	case text != "":
		w.write(text, w.level)
	}
	for _, note := range notes {
		w.write(note, 0)
	}
}

// isBlock has the elements that begin and end a paragraph.
var isBlock = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true,
	atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true, atom.Header: true,
	atom.Hgroup: true, atom.Hr: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Ol: true,
	atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Ul: true,
}

// isUnseen reports whether an element shows nothing that is to be read.
func isUnseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Nav, atom.Button, atom.Select, atom.Textarea,
		atom.Input, atom.Svg, atom.Iframe, atom.Object, atom.Audio, atom.Video, atom.Canvas, atom.Map, atom.Rt, atom.Rp:
		return true
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden", a.Key == "aria-hidden" && a.Val == "true":
			return true
		case a.Key == "style" && displayNone.MatchString(a.Val):
			return true
		case a.Key == "role" && (a.Val == "navigation" || a.Val == "doc-backlink"), a.Key == "epub:type" && a.Val == "pagebreak":
			return true
		case a.Key == "class" && strings.Contains(a.Val, "footnote-back"):
			return true
		}
	}
	return false
}

var displayNone = regexp.MustCompile(`(?i)display\s*:\s*none`)

// isBreak reports whether a line break follows, spaces aside.
func isBreak(n *html.Node) bool {
	for n != nil && n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" {
		n = n.NextSibling
	}
	return n != nil && n.DataAtom == atom.Br
}
