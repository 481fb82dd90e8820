package reader

import (
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noteMark is what links to footnotes show. Brackets mark citations, which stay where they are.
var noteMark = regexp.MustCompile(`^(?:\d{1,3}|[*†‡§]{1,3}|[a-z])$`)

// htmlFile is a page, or one of the pages that a book is made of.
type htmlFile struct {
	name string
	body *html.Node
}

// findNotes finds the footnotes that links in the files lead to. They stand behind the links:
// a link that leads back is none to a footnote.
func (w *htmlWriter) findNotes(files []htmlFile) {
	targets, place, at := map[string]*html.Node{}, map[*html.Node]int{}, 0
	for _, f := range files {
		for n := range f.body.Descendants() {
			at++
			place[n] = at
			for _, id := range []string{attr(n, "id"), attr(n, "name")} {
				if n.Type == html.ElementNode && id != "" {
					targets[f.name+"#"+id] = n
				}
			}
		}
	}
	w.notes, w.isNote = map[string]*html.Node{}, map[*html.Node]bool{}
	for _, f := range files {
		w.file = f.name
		for n := range f.body.Descendants() {
			target := targets[w.link(n)]
			if target == nil || !isReference(n) || place[target] < place[n] {
				continue
			}
			if note := noteOf(target); place[note] > place[n] {
				w.notes[w.link(n)], w.isNote[note] = note, true
			}
		}
	}
}

// isReference reports whether a link looks like the mark of a footnote.
func isReference(n *html.Node) bool {
	text := clean(textOf(n))
	switch {
	case attr(n, "epub:type") == "noteref", attr(n, "role") == "doc-noteref", strings.Contains(attr(n, "class"), "footnote-ref"):
		return true
	case !noteMark.MatchString(text):
		return false
	}
	return n.Parent.DataAtom == atom.Sup || n.FirstChild != nil && n.FirstChild.DataAtom == atom.Sup
}

// noteOf is the block that a footnote's anchor stands in.
func noteOf(n *html.Node) *html.Node {
	for b := n; b != nil && b.DataAtom != atom.Body; b = b.Parent {
		if isBlock[b.DataAtom] {
			return b
		}
	}
	return n
}

// refersTo is the footnote that a link leads to, or nil.
func (w *htmlWriter) refersTo(n *html.Node) *html.Node {
	if n.DataAtom == atom.Sup && n.FirstChild != nil && n.FirstChild == n.LastChild {
		n = n.FirstChild
	}
	if n.DataAtom != atom.A || !isReference(n) {
		return nil
	}
	return w.notes[w.link(n)]
}

// link is where a link leads to: a file of a book and an ID.
func (w *htmlWriter) link(n *html.Node) string {
	href := attr(n, "href")
	file, id, found := strings.Cut(href, "#")
	switch {
	case n.DataAtom != atom.A || !found || id == "":
		return ""
	case file == "":
		return w.file + "#" + id
	}
	return path.Join(path.Dir(w.file), file) + "#" + id
}

// noteText is the text of a footnote without its mark, which is the way back.
func noteText(n *html.Node) string {
	text := clean(textOf(n))
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && noteMark.MatchString(clean(textOf(c))) {
			return strings.TrimSpace(strings.TrimPrefix(text, clean(textOf(c))))
		}
	}
	return text
}

// textOf is what is written within an element.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Type == html.ElementNode && isUnseen(n) {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
		if isBlock[c.DataAtom] {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
