package library

import (
	"archive/zip"
	"bytes"
	"errors"
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

// FuzzReadExport takes archives of anybody's making.
func FuzzReadExport(f *testing.F) {
	f.Add(archiveOf(f, map[string]string{listFile: oneStory, "a.txt": "One. Two.", "a.json": "[[0,9,0]]"}))
	f.Add(archiveOf(f, map[string]string{listFile: `{"verbatim":1,"stories":[{"file":"../a","blocks":"/b"}]}`}))
	f.Fuzz(func(t *testing.T, raw []byte) {
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
	})
}

func TestFileName_is_taken_by_every_system(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"Über: die / \\ Welt?": "Über die Welt", "../../etc": "etc", "\x00": ""} {
		if got := fileName(title); got != want {
			t.Errorf("fileName(%q) = %q, want %q", title, got, want)
		}
	}
}
