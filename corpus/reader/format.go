package reader

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// format is a kind of file that can be read.
type format int

const (
	plainText format = iota
	markdown
	htmlPage
	pdfFile
	container // a ZIP archive: DOCX, ODT or EPUB
)

// apart reports whether files of the format are read in a process of their own: the large
// parsers of other people, and what is packed so that a small file may become a large one.
func (f format) apart() bool { return f >= htmlPage }

// formatOf tells the format of a file by its content; only Markdown with few marks is told from
// plain text by its name.
func formatOf(name string, raw []byte) (format, error) {
	switch {
	case len(raw) > MaxBytes:
		return 0, tooLarge
	case len(bytes.TrimSpace(raw)) == 0:
		return 0, empty
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return container, nil
	case bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")):
		return pdfFile, nil
	case bytes.HasPrefix(raw, []byte(`{\rtf`)), bytes.HasPrefix(raw, []byte("%!PS")):
		return 0, unreadable(raw)
	case isWholePage(raw):
		return htmlPage, nil
	case isNamedMarkdown(name):
		return markdown, nil
	case mimetype.Detect(raw).Is("text/html"):
		return htmlPage, nil
	case isMarkdown(raw):
		return markdown, nil
	}
	return plainText, nil
}

func isNamedMarkdown(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// Marks of Markdown: those within a sentence, which other texts may speak of, and those of blocks.
var (
	sentenceMarks = []*regexp.Regexp{
		regexp.MustCompile(`\[[^\]\n]+\]\((?:https?://|[./#])[^)\s]*\)`), // a link
		regexp.MustCompile(`(?:^|\s)\*\*[^*\s][^*\n]*\*\*`),              // bold type
	}
	blockMarks = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^\|?(?:\s*:?-{3,}:?\s*\|)+`), // the line below a table's head
		regexp.MustCompile("(?m)^```"),
		regexp.MustCompile(`(?m)^#{1,6} \S`),
	}
)

// isMarkdown reports whether a text has two or more marks of Markdown of different kinds, one of
// them of a block.
func isMarkdown(raw []byte) bool {
	const enough = 1 << 16 // bytes
	raw = raw[:min(len(raw), enough)]
	blocks := matching(blockMarks, raw)
	return blocks > 0 && blocks+matching(sentenceMarks, raw) > 1
}

func matching(marks []*regexp.Regexp, raw []byte) (n int) {
	for _, mark := range marks {
		if mark.Match(raw) {
			n++
		}
	}
	return n
}

// isWholePage reports whether a file begins as an HTML page: Markdown may begin with a tag too.
func isWholePage(raw []byte) bool {
	start := strings.ToLower(string(raw[:min(len(raw), 1024)]))
	start = strings.TrimSpace(strings.TrimPrefix(start, "\xef\xbb\xbf"))
	for strings.HasPrefix(start, "<?") || strings.HasPrefix(start, "<!--") {
		_, rest, found := strings.Cut(start, ">")
		if !found {
			return false
		}
		start = strings.TrimSpace(rest)
	}
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// kinds are words for what cannot be read, by MIME type or the first part of one.
var kinds = []struct{ mime, words string }{
	{"application/x-ole-storage", "an old Office document; please save it as DOCX"},
	{"application/msword", "an old Word document; please save it as DOCX"},
	{"text/rtf", "an RTF document; please save it as DOCX or ODT"},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml", "an Excel workbook"},
	{"application/vnd.openxmlformats-officedocument.presentationml", "a PowerPoint presentation"},
	{"application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"},
	{"application/vnd.oasis.opendocument.presentation", "a presentation"},
	{"application/zip", "a ZIP archive; please unpack it"},
	{"application/x-mobipocket-ebook", "a Kindle book; please convert it to EPUB"},
	{"application/postscript", "PostScript; please convert it to PDF"},
	{"audio/", "a sound file"},
	{"video/", "a film"},
	{"font/", "a font"},
}

// unreadable is the fault of a file of another kind.
func unreadable(raw []byte) error {
	mime := mimetype.Detect(raw).String()
	what := "binary data"
	if image, ok := strings.CutPrefix(mime, "image/"); ok {
		image, _, _ = strings.Cut(image, "+")
		what = "a picture (" + strings.ToUpper(strings.TrimPrefix(image, "x-")) + ")"
	}
	for _, k := range kinds {
		if strings.HasPrefix(mime, k.mime) {
			what = k.words
		}
	}
	return fault("is " + what + ". I read text, Markdown, HTML, PDF, DOCX, ODT and EPUB.")
}
