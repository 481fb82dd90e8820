package reader

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

const tangled = fault("is nested too deeply; please save it as plain text.")

// readHTML reads the article of a web page, without what stands around it, or the whole of a
// page that has nothing around.
func readHTML(raw []byte) (*document, error) {
	page, err := parseHTML(raw)
	if err != nil {
		return nil, err
	}
	about := article(page)
	body := find(page, atom.Body)
	if about.Node != nil && hasSurroundings(page) {
		body = about.Node
	}
	d := htmlDocument(htmlFile{body: body})
	d.Title, d.Author = clean(about.Title()), author(about.Byline())
	return d, nil
}

// parseHTML decodes and parses a page. One that is UTF-8 is so whatever it says.
func parseHTML(raw []byte) (*html.Node, error) {
	if !utf8.Valid(raw) {
		encoding, _, _ := charset.DetermineEncoding(raw, "text/html")
		decoded, err := encoding.NewDecoder().Bytes(raw)
		if err != nil {
			return nil, fault("is in an encoding that I cannot tell; please save it as UTF-8.")
		}
		raw = decoded
	}
	page, err := html.Parse(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	if err != nil {
		return nil, tangled
	}
	return page, nil
}

// article finds the article of a page, and what the page says of it.
func article(page *html.Node) (found readability.Article) {
	defer func() {
		if recover() != nil { // it is asked for pages of all kinds
			found = readability.Article{}
		}
	}()
	parser := readability.NewParser()
	parser.ClassesToPreserve = append(parser.ClassesToPreserve, "footnotes", "footnote-ref", "footnote-back")
	found, err := parser.ParseDocument(page, new(url.URL))
	if err != nil && !errors.Is(err, readability.ErrTimestampMissing) {
		return readability.Article{}
	}
	return found
}

// hasSurroundings reports whether a page has more on it than a text: what programs export has
// neither navigation nor scripts.
func hasSurroundings(page *html.Node) bool {
	for n := range page.Descendants() {
		switch n.DataAtom {
		case atom.Nav:
			if !isContents(n) {
				return true
			}
		case atom.Aside, atom.Footer, atom.Form, atom.Script:
			return true
		}
	}
	return false
}

// isContents reports whether a list of links is a table of contents.
func isContents(n *html.Node) bool {
	return strings.EqualFold(attr(n, "id"), "toc") || strings.Contains(attr(n, "role"), "toc") || strings.Contains(attr(n, "epub:type"), "toc")
}

func find(n *html.Node, tag atom.Atom) *html.Node {
	for c := range n.Descendants() {
		if c.DataAtom == tag {
			return c
		}
	}
	return n
}

// author is a line such as "By Mara Lind", without its first word.
func author(byline string) string {
	byline = clean(byline)
	if len(byline) > 3 && strings.EqualFold(byline[:3], "by ") {
		return byline[3:]
	}
	return byline
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
