package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"verbatim/corpus"
)

// childVariable makes this test's binary the command that a Reader starts.
const childVariable = "--child-of-the-test"

// TestMain is the child process where a test's Reader has started this binary.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childVariable {
		if err := child(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child does what a test asks for by the last of the arguments, else what [Child] does.
func child(arguments []string) error {
	switch arguments[0] {
	case "hang":
		time.Sleep(time.Hour)
	case "compute":
		if err := limitProcess(time.Second); err != nil {
			return err
		}
		for sum := []byte{}; ; sum = sha256.New().Sum(sum[:0]) { // until the kernel ends it
		}
	case "shout":
		for {
			if _, err := os.Stdout.WriteString(strings.Repeat("x", 1<<20)); err != nil {
				return err
			}
		}
	case "gorge":
		if err := limitProcess(time.Minute); err != nil {
			return err
		}
		var eaten [][]byte
		for {
			eaten = append(eaten, make([]byte, maxMemory/4))
			if len(eaten) > 8 {
				return errors.New("there was no limit")
			}
		}
	case "lie":
		return say("A short text.", corpus.Span{Start: 3, End: 99})
	case "babble":
		fmt.Println("what?")
	case "panic":
		panic("a bug")
	case "environment":
		text := strings.Join(os.Environ(), " ")
		return say(text, corpus.Span{End: len(text)})
	case "--cache":
		if len(arguments) > 2 {
			return PrepareChild(arguments[1])
		}
		return Child(os.Stdin, os.Stdout, arguments[1])
	}
	return nil
}

// say answers as [Child] does, with one block.
func say(text string, at corpus.Span) error {
	header, err := json.Marshal(answer{Blocks: []corpus.Block{{Span: at}}})
	fmt.Printf("%s\n%s", header, text)
	return err
}

// apart makes a Reader that starts this binary.
func apart(t *testing.T, arguments ...string) *Reader {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return New(append([]string{program, childVariable}, arguments...), testReader(t).cache)
}

func TestReader_reads_the_same_in_a_child_process(t *testing.T) {
	t.Parallel()
	r := apart(t)
	for _, name := range []string{"two-columns.pdf", "handbook-pandoc.docx", "handbook-libreoffice.odt", "handbook-pandoc.epub", "article.html", "wrapped.txt"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		there, err := r.Read(t.Context(), name, raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		here, err := testReader(t).Read(t.Context(), name, raw)
		if err != nil || here.ID != there.ID || outline(here) != outline(there) {
			t.Errorf("%s: %v\n%s", name, err, outline(there))
		}
	}
}

func TestReader_survives_its_child(t *testing.T) {
	t.Parallel()
	page := []byte("<html><p>Some words.")
	for behaviour, want := range map[string]string{"shout": "unpacks to", "lie": "broken", "babble": "broken", "panic": "broken"} {
		_, err := apart(t, behaviour).Read(t.Context(), "a.html", page)
		isRefusal(t, behaviour, err, want)
	}
	if runtime.GOOS == "linux" {
		_, err := apart(t, "gorge").Read(t.Context(), "a.html", page)
		isRefusal(t, "gorge", err, "memory")
		_, err = apart(t, "compute").Read(t.Context(), "a.html", page)
		isRefusal(t, "compute", err, "too long")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := apart(t, "hang").Read(ctx, "a.html", page); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it hangs: %v", err)
	}
	if _, err := New([]string{"/no/such/program"}, "").Read(t.Context(), "a.html", page); err == nil || errors.As(err, new(*corpus.Refusal)) {
		t.Errorf("no program: %v", err)
	}
}

func TestReader_kills_what_takes_too_long(t *testing.T) {
	t.Parallel()
	_, err := apart(t, "hang").child(t.Context(), 50*time.Millisecond, nil)
	if !errors.Is(err, tooSlow) {
		t.Error(err)
	}
}

func TestReader_keeps_its_secrets_from_the_child(t *testing.T) {
	t.Setenv("DISCORD_TOKEN", "canary")
	s, err := apart(t, "environment").Read(t.Context(), "a.html", []byte("<html>x"))
	if err != nil || strings.Contains(s.Text, "canary") || !strings.Contains(s.Text, "GOMEMLIMIT") {
		t.Error(s, err)
	}
}

// isRefusal checks that an error is one sentence for people that names the file.
func isRefusal(t *testing.T, name string, err error, want string) {
	t.Helper()
	var refusal *corpus.Refusal
	if !errors.As(err, &refusal) {
		t.Errorf("%s: %v", name, err)
		return
	}
	if s := refusal.Error(); !strings.Contains(s, want) || strings.Contains(s, "\n") || !strings.HasPrefix(s, `"`) || !strings.HasSuffix(s, ".") {
		t.Errorf("%s: %q", name, s)
	}
}

// archiveOf makes an archive of parts. A part called "lie" claims to be of 10 bytes.
func archiveOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const wordBody = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`

func TestReader_refuses_bombs_and_broken_archives(t *testing.T) {
	t.Parallel()
	paragraph := "<w:p><w:r><w:t>All work.</w:t></w:r></w:p>"
	good := archiveOf(t, "word/document.xml", fmt.Sprintf(wordBody, paragraph))
	if _, err := Read("good.docx", good); err != nil {
		t.Fatal(err)
	}
	many := make([]string, 0, 4*maxParts)
	for i := range maxParts + 1 {
		many = append(many, fmt.Sprintf("word/%d.xml", i), "<x/>")
	}
	for name, test := range map[string]struct {
		raw  []byte
		want string
	}{
		"flat bomb.docx":        {archiveOf(t, "word/document.xml", fmt.Sprintf(wordBody, strings.Repeat(" ", 40<<20))), "unpacks to"},
		"small parts.docx":      {archiveOf(t, many...), "unpacks to"},
		"nested.docx":           {archiveOf(t, "inner.docx", string(good)), "ZIP archive"},
		"entities.docx":         {archiveOf(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>`+fmt.Sprintf(wordBody, "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")), "damaged"},
		"half.docx":             {good[:len(good)/2], "damaged"},
		"half a part.docx":      {archiveOf(t, "word/document.xml", "<w:document><w:body><w:p>"), "damaged"},
		"no text.docx":          {archiveOf(t, "word/document.xml", fmt.Sprintf(wordBody, "")), "no text"},
		"lie.docx":              {lying(t), "damaged"},
		"no content.odt":        {archiveOf(t, "mimetype", "application/vnd.oasis.opendocument.text"), "damaged"},
		"locked.odt":            {archiveOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<m><encryption-data/></m>"), "password"},
		"no package.epub":       {archiveOf(t, "mimetype", "application/epub+zip"), "damaged"},
		"lost chapter.epub":     {epubOf(t, "", "other.xhtml", "<p>x</p>"), "damaged"},
		"copy protected.epub":   {epubOf(t, `<encryption><CipherReference URI="a.xhtml"/></encryption>`, "a.xhtml", "<p>x</p>"), "copying"},
		"deep.epub":             {epubOf(t, "", "a.xhtml", strings.Repeat("<div>", 10000)+"x"), "nested"},
		"a sheet.xlsx":          {archiveOf(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>"), "I read text"},
		"an archive.zip":        {archiveOf(t, "a.txt", "Some words."), "ZIP archive"},
		"only the beginning.pk": {[]byte("PK\x03\x04"), "damaged"},
	} {
		_, err := Read(name, test.raw)
		isRefusal(t, name, err, test.want)
	}
}

// lying makes an archive whose part claims to be shorter than it is.
func lying(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	body := []byte(fmt.Sprintf(wordBody, strings.Repeat("<w:p><w:r><w:t>All work.</w:t></w:r></w:p>", 100)))
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: "word/document.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE(body),
		CompressedSize64: uint64(len(body)), UncompressedSize64: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// epubOf makes a book of one chapter.
func epubOf(t testing.TB, encryption, chapter, body string) []byte {
	t.Helper()
	parts := []string{
		"mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>`,
		"book.opf", `<package><metadata><title>A book</title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
		chapter, "<html><head><title/></head><body>" + body + "</body></html>",
	}
	if encryption != "" {
		parts = append(parts, "META-INF/encryption.xml", encryption)
	}
	return archiveOf(t, parts...)
}

func TestReader_refuses_broken_PDFs(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile("testdata/two-columns.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"encrypted.pdf": "password", "pictures.pdf": "pictures"} {
		raw, err := os.ReadFile(filepath.Join("testdata", "refused", name))
		if err != nil {
			t.Fatal(err)
		}
		_, err = testReader(t).Read(t.Context(), name, raw)
		isRefusal(t, name, err, want)
	}
	for _, n := range []int{10, 1000, len(whole) / 2} {
		_, err := testReader(t).Read(t.Context(), "half.pdf", whole[:n])
		isRefusal(t, fmt.Sprintf("the first %d bytes", n), err, "")
	}
}

func TestReader_goes_by_content(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"two-columns.pdf", "handbook-pandoc.docx", "handbook-pandoc.epub", "article.html"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range []string{"a.txt", "a.md", "a.docx", "a"} {
			if s, err := testReader(t).Read(t.Context(), wrong, raw); err != nil || s.Title == "A" {
				t.Errorf("%s as %s: %v", name, wrong, err)
			}
		}
	}
}
