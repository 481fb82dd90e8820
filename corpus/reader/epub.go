package reader

import (
	"encoding/xml"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readEPUB reads the chapters of a book, in the order in which they are to be read.
func readEPUB(a *archive) (*document, error) {
	opf, err := packageOf(a)
	if err != nil {
		return nil, err
	}
	book, err := readPackage(a, opf)
	if err != nil {
		return nil, err
	}
	files := make([]htmlFile, len(book.chapters))
	for i, chapter := range book.chapters {
		body, err := chapterBody(a, chapter)
		if err != nil {
			return nil, err
		}
		files[i] = htmlFile{chapter, body}
	}
	d := htmlDocument(files...)
	d.Title, d.Author = book.title, strings.Join(book.authors, ", ")
	return d, nil
}

// packageOf is the part that says what a book is made of.
func packageOf(a *archive) (name string, err error) {
	err = a.xml("META-INF/container.xml", func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "rootfile" && name == "" {
			name = attribute(e, "full-path")
		}
		return nil
	})
	if err == nil && !a.has(name) {
		err = damaged
	}
	return name, err
}

// book is what a package says.
type book struct {
	title    string
	authors  []string
	chapters []string // names of parts
}

func readPackage(a *archive, opf string) (book, error) {
	var b book
	parts, in := map[string]string{}, ""
	err := a.xml(opf, func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local
			switch in {
			case "item":
				if strings.Contains(attribute(t, "media-type"), "html") && !hasWordIn(attribute(t, "properties"), "nav") {
					parts[attribute(t, "id")] = partName(opf, attribute(t, "href"))
				}
			case "itemref":
				if part := parts[attribute(t, "idref")]; a.has(part) {
					b.chapters = append(b.chapters, part)
				}
			}
		case xml.EndElement:
			in = ""
		case xml.CharData:
			text := clean(string(t))
			switch {
			case text == "":
			case in == "title" && b.title == "":
				b.title = text
			case in == "creator":
				b.authors = append(b.authors, text)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return b, err
	case len(b.chapters) == 0:
		return b, damaged
	case isEncryptedBook(a):
		return b, noBook
	}
	return b, nil
}

func hasWordIn(list, word string) bool {
	for f := range strings.FieldsSeq(list) {
		if f == word {
			return true
		}
	}
	return false
}

// partName is the part that an address in another part leads to.
func partName(from, address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	return path.Join(path.Dir(from), address)
}

// isEncryptedBook reports whether more than the fonts of a book is encrypted.
func isEncryptedBook(a *archive) (found bool) {
	_ = a.xml("META-INF/encryption.xml", func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "CipherReference" && strings.Contains(attribute(e, "URI"), "htm") {
			found = true
		}
		return nil
	})
	return found
}

// selfClosed are elements that XHTML may close at once, and that HTML reads up to their end.
var selfClosed = regexp.MustCompile(`<(title|script|style|iframe|textarea|noscript)\b([^<>]*)/>`)

func chapterBody(a *archive, part string) (*html.Node, error) {
	raw, err := a.read(part)
	if err != nil {
		return nil, err
	}
	page, err := parseHTML(selfClosed.ReplaceAll(raw, []byte("<$1$2></$1>")))
	if err != nil {
		return nil, err
	}
	return find(page, atom.Body), nil
}
