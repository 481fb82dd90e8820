package reader

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// readODT reads a text of LibreOffice and its like.
func readODT(a *archive) (*document, error) {
	if isEncrypted(a, "META-INF/manifest.xml", "encryption-data") {
		return nil, locked
	}
	if !a.has("content.xml") {
		return nil, damaged
	}
	r := odtReader{parents: map[string]string{}}
	for _, part := range []string{"styles.xml", "content.xml"} {
		r.body = false
		if err := a.xml(part, r.token); err != nil {
			return nil, err
		}
	}
	d := r.document()
	about := a.properties("meta.xml")
	d.Title, d.Author = about["title"], about["initial-creator"]
	if d.Author == "" {
		d.Author = about["creator"]
	}
	return d, nil
}

// isEncrypted reports whether a part of an archive has an element of the name.
func isEncrypted(a *archive, part, element string) (found bool) {
	_ = a.xml(part, func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == element {
			found = true
		}
		return nil
	})
	return found
}

// odtReader writes what the elements of a text hold.
type odtReader struct {
	writer
	parents map[string]string // of styles
	body    bool

	open  []*odtParagraph
	table tableReader
}

// odtParagraph is a paragraph or heading, or a footnote, whose paragraphs are within it.
type odtParagraph struct {
	text  strings.Builder
	level int
	note  bool
	notes []string
}

func (r *odtReader) token(d *xml.Decoder, t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.start(d, t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		if p := r.paragraph(); p != nil {
			p.text.Write(t)
		}
	}
	return nil
}

func (r *odtReader) paragraph() *odtParagraph {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

func (r *odtReader) start(d *xml.Decoder, e xml.StartElement) error {
	name := e.Name.Local
	switch {
	case name == "title" && strings.Contains(e.Name.Space, "svg"): // of a picture
		return d.Skip()
	case name == "style":
		r.parents[attribute(e, "name")] = attribute(e, "parent-style-name")
	case name == "text" && strings.Contains(e.Name.Space, "office"):
		r.body = true
	case !r.body:
		return nil
	}
	switch name {
	case "p", "h":
		r.open = append(r.open, &odtParagraph{level: r.level(e)})
	case "note":
		r.open = append(r.open, &odtParagraph{note: true})
	case "s", "tab", "line-break":
		if p := r.paragraph(); p != nil {
			p.text.WriteByte(' ')
		}
	case "table":
		r.table.start()
	// What is no text of the document, or stands in it elsewhere.
	case "tracked-changes", "annotation", "note-citation", "ruby-text", "desc", "forms",
		"table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index", "object-index":
		return d.Skip()
	}
	return nil
}

// level is that of a heading, or of a paragraph in the style of a title.
func (r *odtReader) level(e xml.StartElement) int {
	if e.Name.Local == "h" {
		n, _ := strconv.Atoi(attribute(e, "outline-level"))
		return max(n, 1)
	}
	style := attribute(e, "style-name")
	for i := 0; i < 10 && style != ""; i++ {
		if style == "Title" {
			return titleStyle
		}
		if style == "Subtitle" {
			return 0
		}
		style = r.parents[style]
	}
	return 0
}

func (r *odtReader) end(name string) {
	switch name {
	case "p", "h", "note":
		if p := r.paragraph(); p != nil && p.note == (name == "note") {
			r.open = r.open[:len(r.open)-1]
			r.endParagraph(p)
		}
	case "table-cell":
		r.table.endCell()
	case "table-row":
		r.table.endRow(&r.writer)
	case "table":
		r.table.end()
	}
}

func (r *odtReader) endParagraph(p *odtParagraph) {
	text := clean(p.text.String())
	outer := r.paragraph()
	switch {
	case outer != nil && p.note:
		outer.notes = append(outer.notes, text)
		return
	case outer != nil && outer.note:
		outer.text.WriteString(text + " ")
		return
	case text == "":
	case r.table.open():
		r.table.add(text, p.notes)
		return
	default:
		r.write(text, p.level)
	}
	for _, note := range p.notes {
		r.write(note, 0)
	}
}
