package library

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"verbatim/corpus"
)

// archiveOf makes a zip archive of files.
func archiveOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const oneStory = `{"verbatim":1,"server":"1","stories":[{"file":"a.txt","blocks":"a.json","title":"A"}]}`

func TestReadExport_refuses_what_is_none(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"no list":       {"a.txt": "One."},
		"a broken list": {listFile: "{"},
		"a newer list":  {listFile: `{"verbatim":2}`},
	} {
		var refusal *corpus.Refusal
		if _, _, err := readExport(archiveOf(t, files)); !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var refusal *corpus.Refusal
	if _, _, err := readExport([]byte("no archive")); !errors.As(err, &refusal) {
		t.Errorf("no archive: %v", err)
	}
	for name, files := range map[string]map[string]string{
		"no text":               {},
		"no blocks":             {"a.txt": "One."},
		"blocks past the end":   {"a.txt": "One.", "a.json": "[[0,99,0]]"},
		"a text without a word": {"a.txt": "...", "a.json": "[[0,3,0]]"},
		"a text of other bytes": {"a.txt": "\xff\xfe", "a.json": "[[0,2,0]]"},
	} {
		files[listFile] = oneStory
		_, candidates, err := readExport(archiveOf(t, files))
		if err != nil || len(candidates) != 1 || !errors.As(candidates[0].err, &refusal) {
			t.Errorf("%s: %v, %+v", name, err, candidates)
		}
	}
}

func TestReadExport_reads_only_so_much_however_many_stories_name_one_file(t *testing.T) {
	t.Parallel()
	blocks := "[[0,4,0]" + strings.Repeat(" ", largestList-100) + "]"
	stories := strings.Repeat(`{"file":"a.txt","blocks":"a.json"},`, 20) + `{"file":"a.txt","blocks":"a.json"}`
	_, candidates, err := readExport(archiveOf(t, map[string]string{listFile: `{"verbatim":1,"stories":[` + stories + `]}`, "a.txt": "One.", "a.json": blocks}))
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, c := range candidates {
		if c.err == nil {
			read++
		}
	}
	if most := largestContents / (largestList - 200); read == 0 || read > most {
		t.Errorf("%d stories were read, want at most %d", read, most)
	}
}

// FuzzReadExport takes archives of anybody's making, and as such those of any list, text and blocks,
// which fuzzing the bytes of an archive hardly reaches.
func FuzzReadExport(f *testing.F) {
	f.Add(archiveOf(f, map[string]string{listFile: oneStory, "a.txt": "One. Two.", "a.json": "[[0,9,0]]"}), "", "", "")
	f.Add([]byte(nil), oneStory, "Head\n\nOne. Two.", "[[0,4,1],[6,15,0]]")
	f.Add([]byte(nil), `{"verbatim":1,"stories":[{"file":"../a","blocks":"/b"},{"file":"a.txt","blocks":"a.txt","added":"2026-01-01T00:00:00Z"}]}`, "[]", "[[]]")
	f.Fuzz(func(t *testing.T, raw []byte, list, text, blocks string) {
		checkExport(t, raw)
		checkExport(t, archiveOf(t, map[string]string{listFile: list, "a.txt": text, "a.json": blocks}))
	})
}

// checkExport reads an archive: a refusal, or stories that can be kept.
func checkExport(t *testing.T, raw []byte) {
	_, candidates, err := readExport(raw)
	var refusal *corpus.Refusal
	if err != nil && !errors.As(err, &refusal) {
		t.Fatal(err)
	}
	for _, c := range candidates {
		if c.err != nil && !errors.As(c.err, &refusal) || c.err == nil && len(c.stored.Passages) == 0 {
			t.Fatalf("%+v", c)
		}
	}
}

func TestFileName_is_taken_by_every_system(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"Über: die / \\ Welt?": "Über die Welt", "../../etc": "etc", "\x00": ""} {
		if got := fileName(title); got != want {
			t.Errorf("fileName(%q) = %q, want %q", title, got, want)
		}
	}
}
