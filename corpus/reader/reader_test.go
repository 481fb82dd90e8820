package reader

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
)

var update = flag.Bool("update", false, "write the goldens anew")

// testCache keeps PDFium compiled from one run of the tests to the next.
var testCache = sync.OnceValues(func() (string, error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder = filepath.Join(folder, "verbatim", "pdfium")
	return folder, errors.Join(os.MkdirAll(folder, 0o700), prepare(folder))
})

// testReader reads PDFs with what testCache keeps.
func testReader(tb testing.TB) *Reader {
	tb.Helper()
	cache, err := testCache()
	if err != nil {
		tb.Fatal(err)
	}
	return &Reader{cache: cache}
}

// outline is a story for people to read: its headings and passages.
func outline(s *corpus.Story) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nauthor: %s\n", s.Title, s.Author)
	for _, section := range s.Sections {
		fmt.Fprintf(&b, "%s %s\n", strings.Repeat("#", section.Level), section.Title)
		for p := section.Passages.Start; p < section.Passages.End; p++ {
			fmt.Fprintf(&b, "  * %s\n", corpus.Unwrap(s.Text[s.Passages[p].Start:s.Passages[p].End]))
		}
	}
	return b.String()
}

func TestRead_goldens(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := testReader(t).Read(t.Context(), file, raw)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(file+".golden", []byte(outline(s)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), outline(s)); diff != "" {
				t.Errorf("(-golden +now)\n%s", diff)
			}
		})
	}
}

func TestRead_keeps_plain_text_byte_for_byte(t *testing.T) {
	t.Parallel()
	text := "Title\r\n\r\nA “paragraph”,\r\nwrapped.\r\n"
	s, err := Read("a.txt", []byte("\xef\xbb\xbf"+text))
	if err != nil || s.Text != text {
		t.Errorf("%q, %v", s.Text, err)
	}
}

func TestRead_decodes(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"UTF-16, little end first": "\xff\xfeC\x00a\x00f\x00\xe9\x00 \x00i\x00s\x00 \x00o\x00p\x00e\x00n\x00.\x00",
		"UTF-16, big end first":    "\xfe\xff\x00C\x00a\x00f\x00\xe9\x00 \x00i\x00s\x00 \x00o\x00p\x00e\x00n\x00.",
		"UTF-16 without a mark":    "C\x00a\x00f\x00\xe9\x00 \x00i\x00s\x00 \x00o\x00p\x00e\x00n\x00.\x00",
		"the same, big end first":  "\x00C\x00a\x00f\x00\xe9\x00 \x00i\x00s\x00 \x00o\x00p\x00e\x00n\x00.",
		"Windows-1252":             "Caf\xe9 is open. The cr\xe8me br\xfbl\xe9e was g\xe2t\xe9e, and the r\xe9sum\xe9 of the soir\xe9e is d\xe9j\xe0 vu.",
	} {
		s, err := Read("a.txt", []byte(raw))
		if err != nil || !strings.HasPrefix(s.Text, "Café is open.") {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

func TestRead_tells_Markdown_by_its_marks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# Boats\n\nThe **old** boat is [here](https://example.org/boat).": "The old boat is here.",
		"Boats\n\nThe **old** boat * is here.":                             "The **old** boat * is here.",
		"Boats\n\nThe **old** [boat](https://example.org/boat) is here.":   "The **old** [boat](https://example.org/boat) is here.",
	} {
		s, err := Read("boats.txt", []byte(text))
		if err != nil || s.Text[s.Passages[0].Start:s.Passages[0].End] != want {
			t.Errorf("%q: %+v, %v", text, s, err)
		}
	}
}

func TestRead_refuses_in_one_sentence(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"empty.txt":   "",
		"blank.txt":   " \n\t\n",
		"signs.txt":   "*** --- ***",
		"picture.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		"book.zip":    "PK\x03\x04\x14\x00\x00\x00\x08\x00",
		"book.pdf":    "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00",
		"nul.txt":     "some\x00text",
		"odd16.txt":   "\xff\xfea",
		"letter.rtf":  `{\rtf1\ansi Some words.}`,
		"old.doc":     "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600),
		"song.mp3":    "ID3\x03\x00" + strings.Repeat("\x00", 600),
		"noise.txt":   strings.Repeat("\x01\x02\x9f\xff\xfe\x03", 50),
		"large.txt":   strings.Repeat("a ", MaxBytes/2+1),
	} {
		_, err := testReader(t).Read(t.Context(), name, []byte(raw))
		var refusal *corpus.Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s := refusal.Error(); !strings.Contains(s, name) || strings.Contains(s, "\n") || !strings.HasSuffix(s, ".") {
			t.Errorf("%s: %q", name, s)
		}
	}
}

func TestTitleOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"field-guide_2.txt": "Field guide 2", "article": "Article", "dir/a b.md": "A b", ".txt": "Untitled"} {
		if got := titleOf(name); got != want {
			t.Errorf("titleOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestReadPaths(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	put("in/b.txt", "The second story.")
	put("in/a.txt", "The first story.")
	put("in/sub/c.md", "# Third\n\nThe third story.")
	put("in/sub/again.md", "# Third\n\nThe third story.")
	put("in/.hidden.txt", "Hidden.")
	put("in/bad.bin", "\x00\x01")
	put("out.txt", "A story outside.")
	put("bare/.keep", "")
	if err := os.Symlink(filepath.Join(root, "out.txt"), filepath.Join(root, "in", "link.txt")); err != nil {
		t.Fatal(err)
	}
	stories, skipped, err := new(Reader).ReadPaths(t.Context(), []string{filepath.Join(root, "in")})
	var titles []string
	for _, s := range stories {
		titles = append(titles, s.Title)
	}
	if diff := cmp.Diff([]string{"A", "B", "Third"}, titles); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if len(skipped) != 2 || !strings.Contains(skipped[0].Error(), "bad.bin") || !strings.Contains(skipped[1].Error(), "link.txt") {
		t.Errorf("skipped: %v", skipped)
	}
	for _, path := range []string{"nothing.txt", "bare", "in/bad.bin"} {
		var refusal *corpus.Refusal
		if _, _, err := new(Reader).ReadPaths(t.Context(), []string{filepath.Join(root, path)}); !errors.As(err, &refusal) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestBuiltIn_has_every_name_and_figure(t *testing.T) {
	t.Parallel()
	text := BuiltIn().Text
	for _, word := range strings.Split("Mark Zuckerberg|41 years|April|OpenAI|WhatsApp|Chris Cox|Andrew Bosworth|technology officer|Silicon Valley|generative AI|$14.3 billion|Scale AI|28|Alexandr Wang|Perplexity|Llama|Anthropic|open source|spokesperson", "|") {
		if !strings.Contains(text, word) {
			t.Errorf("%q is missing", word)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	const mega = 1 << 20
	for name, text := range map[string]string{"prose": strings.Repeat("The keeper counts the boats at dawn. Two are missing.\n\n", mega/56), "one line": strings.Repeat("word ", mega/5),
		"newlines": strings.Repeat("\n", mega) + "a", "stars": strings.Repeat("* ", mega/2) + "a", "hashes": strings.Repeat("# a\n", mega/4), "rows": strings.Repeat("| a | b |\n", mega/10)} {
		for _, file := range []string{"a.txt", "a.md"} {
			b.Run(name+" "+file, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					_, _ = Read(file, []byte(text))
				}
			})
		}
	}
}

func TestDigest_changes_with_what_is_there(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	seen := map[[32]byte]string{}
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"nothing", func() error { return nil }},
		{"a file", func() error { return os.WriteFile(path("a.txt"), []byte("One."), 0o600) }},
		{"other words", func() error { return os.WriteFile(path("a.txt"), []byte("Two."), 0o600) }},
		{"another name", func() error { return os.Rename(path("a.txt"), path("b.txt")) }},
		{"a file in a folder", func() error {
			return errors.Join(os.Mkdir(path("c"), 0o700), os.WriteFile(path("c/a.txt"), []byte("One."), 0o600))
		}},
		{"no folder", func() error { return os.RemoveAll(folder) }},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		d := Digest([]string{folder})
		if before, same := seen[d]; same {
			t.Errorf("%s is as %s", step.what, before)
		}
		if d != Digest([]string{folder}) {
			t.Errorf("%s: it differs from one time to the next", step.what)
		}
		seen[d] = step.what
	}
}
