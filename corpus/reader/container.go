package reader

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"
)

// The limits of an archive (DOCX, ODT, EPUB). What it declares of its sizes is not believed.
const (
	maxUnpacked = 32 << 20 // bytes of all parts that are read
	maxRatio    = 100      // unpacked to packed, of a part
	maxParts    = 1000

	// fineSize is how large a part may become whatever its ratio: an empty table packs well.
	fineSize = 1 << 20
)

// The faults that archives have.
const (
	damaged = fault("is damaged: a part of it is missing or broken; please save it again.")
	bomb    = fault("unpacks to far more than such a document holds, so I left it alone; please save it again or split it.")
	noBook  = fault("is protected against copying, so I cannot read it.")
)

// readContainer reads a document that is packed into a ZIP archive.
func readContainer(raw []byte) (*document, error) {
	a, err := openArchive(raw)
	if err != nil {
		return nil, err
	}
	kind, _ := a.read("mimetype")
	switch mime := strings.TrimSpace(string(kind)); {
	case mime == "application/epub+zip", mime == "" && a.has("META-INF/container.xml"):
		return readEPUB(a)
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument.text"):
		return readODT(a)
	case a.has("word/document.xml"), strings.Contains(a.related("", "officeDocument"), "word/"):
		return readDOCX(a)
	}
	return nil, unreadable(raw)
}

// archive is an archive whose parts are unpacked one by one, within limits.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may yet be unpacked
}

func openArchive(raw []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	switch {
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, damaged
	case len(z.File) > maxParts:
		return nil, bomb
	}
	a := &archive{parts: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range z.File {
		a.parts[f.Name] = f
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.parts[name] != nil }

// read unpacks a part.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, damaged
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged
	}
	defer r.Close()
	most := min(a.left, max(fineSize, maxRatio*int64(f.CompressedSize64)))
	out, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case int64(len(out)) > most:
		return nil, bomb
	case err != nil:
		return nil, damaged
	}
	a.left -= int64(len(out))
	return out, nil
}

// xml unpacks a part and hands its elements and texts to a function, in order. A part that is
// missing has none.
func (a *archive) xml(name string, handle func(d *xml.Decoder, t xml.Token) error) error {
	if !a.has(name) {
		return nil
	}
	raw, err := a.read(name)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.CharsetReader = charset.NewReaderLabel
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = handle(d, t)
		}
		if f := fault(""); errors.As(err, &f) {
			return f
		}
		if err != nil {
			return damaged
		}
	}
}

// related is the part that is in a relation to another, in the manner of Office files; empty
// where there is none. The empty name is the archive's.
func (a *archive) related(to, relation string) (name string) {
	folder, base := path.Split(to)
	_ = a.xml(folder+"_rels/"+base+".rels", func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && strings.HasSuffix(attribute(e, "Type"), "/"+relation) {
			name = attribute(e, "Target")
			if !strings.HasPrefix(name, "/") {
				name = path.Join(folder, name)
			}
			name = strings.TrimPrefix(name, "/")
		}
		return nil
	})
	return name
}

// attribute is the value of an attribute, whatever its name space.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// properties reads the texts of elements out of a part that says what a document is.
func (a *archive) properties(part string) map[string]string {
	found, in := map[string]string{}, ""
	_ = a.xml(part, func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local
		case xml.EndElement:
			in = ""
		case xml.CharData:
			if text := clean(string(t)); text != "" && found[in] == "" {
				found[in] = text
			}
		}
		return nil
	})
	return found
}
