package reader

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// readDOCX reads a document of Word.
func readDOCX(a *archive) (*document, error) {
	main := a.related("", "officeDocument")
	if !a.has(main) {
		main = "word/document.xml"
	}
	levels, err := docxLevels(a, a.related(main, "styles"))
	if err != nil {
		return nil, err
	}
	r := docxReader{levels: levels, notes: map[string]string{}}
	for _, kind := range []string{"footnotes", "endnotes"} {
		if err := r.readNotes(a, a.related(main, kind)); err != nil {
			return nil, err
		}
	}
	if err := a.xml(main, r.token); err != nil {
		return nil, err
	}
	d := r.document()
	about := a.properties(a.related("", "core-properties"))
	d.Title, d.Author = about["title"], about["creator"]
	return d, nil
}

// titleStyle stands for the level of a document's title among those of headings.
const titleStyle = 1

// docxLevels are the levels of the styles that make headings, by the styles' IDs.
func docxLevels(a *archive, part string) (map[string]int, error) {
	levels, basedOn := map[string]int{}, map[string]string{}
	id := ""
	err := a.xml(part, func(_ *xml.Decoder, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		value := attribute(e, "val")
		switch e.Name.Local {
		case "style":
			id = attribute(e, "styleId")
		case "basedOn":
			basedOn[id] = value
		case "outlineLvl":
			levels[id] = outlineLevel(value)
		case "name":
			name := strings.ToLower(value)
			if n, ok := strings.CutPrefix(name, "heading "); ok {
				levels[id], _ = strconv.Atoi(n)
			} else if name == "title" {
				levels[id] = titleStyle
			}
		}
		return nil
	})
	for id := range basedOn {
		// A chain of styles is short; a circle of them would have no end.
		for base, i := basedOn[id], 0; levels[id] == 0 && base != "" && i < 10; base, i = basedOn[base], i+1 {
			if !strings.EqualFold(base, "Title") { // the subtitle is based on it
				levels[id] = levels[base]
			}
		}
	}
	return levels, err
}

// outlineLevel reads a level that is counted from 0; 9 is that of plain text.
func outlineLevel(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// docxReader writes what the elements of a document's body hold.
type docxReader struct {
	writer
	levels map[string]int
	notes  map[string]string // texts of footnotes and endnotes

	open   []*docxParagraph // one in another's text box is inner
	table  tableReader
	inText bool
}

type docxParagraph struct {
	text  strings.Builder
	level int
	index bool // of a table of contents
	notes []string
}

func (r *docxReader) token(d *xml.Decoder, t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.start(d, t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		if p := r.paragraph(); p != nil && r.inText {
			p.text.Write(t)
		}
	}
	return nil
}

// paragraph is the innermost one that is open, or nil.
func (r *docxReader) paragraph() *docxParagraph {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

func (r *docxReader) start(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		r.open = append(r.open, &docxParagraph{})
	case "t":
		r.inText = true
	case "tbl":
		r.table.start()
	// What was moved away or deleted, what older programs show instead, old properties.
	case "moveFrom", "delText", "instrText", "Fallback", "pPrChange", "rPrChange", "sectPrChange":
		return d.Skip()
	}
	p := r.paragraph()
	if p == nil {
		return nil
	}
	switch e.Name.Local {
	case "pStyle":
		style := attribute(e, "val")
		p.level = r.levels[style]
		p.index = strings.HasPrefix(strings.ToUpper(style), "TOC")
	case "outlineLvl":
		p.level = outlineLevel(attribute(e, "val"))
	case "tab", "br", "cr":
		p.text.WriteByte(' ')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "footnoteReference", "endnoteReference":
		p.notes = append(p.notes, r.notes[e.Name.Local+attribute(e, "id")])
	}
	return nil
}

func (r *docxReader) end(name string) {
	switch name {
	case "t":
		r.inText = false
	case "p":
		if p := r.paragraph(); p != nil {
			r.open = r.open[:len(r.open)-1]
			r.endParagraph(p)
		}
	case "tc":
		r.table.endCell()
	case "tr":
		r.table.endRow(&r.writer)
	case "tbl":
		r.table.end()
	}
}

func (r *docxReader) endParagraph(p *docxParagraph) {
	text := clean(p.text.String())
	switch {
	case text == "" || p.index:
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

// readNotes reads the texts of footnotes or endnotes.
func (r *docxReader) readNotes(a *archive, part string) error {
	var id string
	inner := docxReader{}
	return a.xml(part, func(d *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && (e.Name.Local == "footnote" || e.Name.Local == "endnote") {
			id = e.Name.Local + "Reference" + attribute(e, "id")
			inner = docxReader{}
		}
		if e, ok := t.(xml.EndElement); ok && (e.Name.Local == "footnote" || e.Name.Local == "endnote") {
			r.notes[id] = clean(inner.text.String())
		}
		return inner.token(d, t)
	})
}
