package reader

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// checkFuzzed reads a file, and checks what holds for every story, or that it is refused.
func checkFuzzed(t *testing.T, name string, raw []byte) {
	t.Helper()
	s, err := Read(name, raw)
	if err != nil {
		if !errors.As(err, new(*corpus.Refusal)) {
			t.Fatalf("%q: %v", raw, err)
		}
		return
	}
	checkStory(t, s)
}

// checkStory checks that headings and passages follow each other in the text, which is UTF-8,
// and that no word is in none of them.
func checkStory(t *testing.T, s *corpus.Story) {
	t.Helper()
	if !utf8.ValidString(s.Text) || !utf8.ValidString(s.Title) {
		t.Fatalf("%q, %q: not UTF-8", s.Title, s.Text)
	}
	var covered []corpus.Span
	for _, section := range s.Sections {
		if section.Heading.Len() > 0 {
			covered = append(covered, section.Heading)
		}
		for p := section.Passages.Start; p < section.Passages.End; p++ {
			covered = append(covered, s.Passages[p].Span)
		}
	}
	at := 0
	for _, c := range covered {
		if c.Start < at || c.End < c.Start || c.End > len(s.Text) {
			t.Fatalf("%q: %v after %d", s.Text, c, at)
		}
		if gap := s.Text[at:c.Start]; at > 0 && strings.ContainsFunc(gap, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			t.Fatalf("%q: %q is in no block", s.Text, gap)
		}
		at = c.End
	}
}

// addFiles makes documents of other programs seeds.
func addFiles(f *testing.F, pattern string) {
	f.Helper()
	files, err := filepath.Glob("testdata/" + pattern)
	if err != nil || len(files) == 0 {
		f.Fatal(pattern, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"A\n\nb c d.\n", "---\ntitle: x\n---\ny z", "# H\n\ntext", "Head\n====\ntext.", "a | b | c\n1 | 2 | 3", "- one\n- two", "CHAPTER I.\r\nIt was.", "\xff\xfea\x00b\x00", "a\x00b\x00c\x00d\x00e\x00f\x00", "caf\xe9 cr\xe8me"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkFuzzed(t, "a.txt", raw) })
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# A\n\n*b* [c](d)\n", "| a | b |\n|---|---|\n| 1 | 2 |", "- a\n  - b\n", "```\ncode\n```", "<div>x</div>\n\ny", "> q\n\n1. z", "a[^1] b[^1]\n\n[^1]: c[^2]\n[^2]: d"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkFuzzed(t, "a.md", raw) })
}

func FuzzHTML(f *testing.F) {
	addFiles(f, "*.html")
	f.Add([]byte(`<html><p>a<sup><a href="#1">1</a></sup><table><tr><td>b<table><tr><td>c</table><td>d</table><ol><li id=1>e <a href="#x">f</a></ol>`))
	f.Fuzz(func(t *testing.T, raw []byte) { checkFuzzed(t, "a.html", append([]byte("<html>"), raw...)) })
}

// fuzzPart fuzzes the main part of an archive, which fuzzing all of its bytes hardly reaches.
func fuzzPart(f *testing.F, pattern, part string, archive func(t *testing.T, part string) []byte) {
	files, err := filepath.Glob("testdata/" + pattern)
	if err != nil || len(files) == 0 {
		f.Fatal(pattern, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, "")
		a, err := openArchive(raw)
		if err != nil {
			f.Fatal(err)
		}
		if content, err := a.read(part); err == nil {
			f.Add([]byte(nil), string(content))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, part string) {
		checkFuzzed(t, "a", append([]byte("PK\x03\x04"), raw...))
		checkFuzzed(t, "a", raw)
		checkFuzzed(t, "a", archive(t, part))
	})
}

func FuzzDOCX(f *testing.F) {
	fuzzPart(f, "*.docx", "word/document.xml", func(t *testing.T, part string) []byte {
		return archiveOf(t, "word/document.xml", part, "word/styles.xml", part, "word/footnotes.xml", part)
	})
}

func FuzzODT(f *testing.F) {
	fuzzPart(f, "*.odt", "content.xml", func(t *testing.T, part string) []byte {
		return archiveOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", part, "meta.xml", part)
	})
}

func FuzzEPUB(f *testing.F) {
	fuzzPart(f, "*.epub", "EPUB/text/ch001.xhtml", func(t *testing.T, part string) []byte {
		return epubOf(t, part, "a.xhtml", part)
	})
}

func FuzzPDF(f *testing.F) {
	addFiles(f, "*.pdf")
	cache, err := testCache()
	if err != nil {
		f.Fatal(err)
	}
	engine, err := startPDFium(cache)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = engine.Close() })
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := engine.read(raw)
		if err != nil {
			if !errors.As(err, new(fault)) {
				t.Fatal(err)
			}
			// After a trap PDFium is in an unknown state; a child process ends with the file.
			_ = engine.Close()
			if engine, err = startPDFium(cache); err != nil {
				t.Fatal(err)
			}
			return
		}
		if s, err := d.story("a.pdf"); err == nil {
			checkStory(t, s)
		}
	})
}

// FuzzChildAnswer feeds a Reader what a child process may say.
func FuzzChildAnswer(f *testing.F) {
	f.Add([]byte(`{"Blocks":[[0,4,0]]}` + "\nword"))
	f.Add([]byte(`{"Fault":"is empty."}` + "\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := parseAnswer(raw)
		if err != nil {
			return
		}
		if s, err := d.story("a.pdf"); err == nil {
			checkStory(t, s)
		}
	})
}
