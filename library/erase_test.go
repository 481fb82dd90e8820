package library_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/corpus"
	"verbatim/library"
)

// canary is a word that stands nowhere but in what is to be erased.
const canary = "xylocanaryquartz"

// withCanary is a text whose every passage holds the word, of so many passages.
func withCanary(passages int) string {
	return strings.Repeat("The "+canary+" sang to Orla Quill in the lantern room. It was green, and nobody knew why.\n\n", passages)
}

// holding are the files of a folder that hold a word, in whatever case.
func holding(t *testing.T, folder, word string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(raw), []byte(word)) {
			files = append(files, strings.TrimPrefix(path, folder))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// running lets libraries do what they do in the background, until the test of a bubble ends.
func running(t *testing.T, h *house) {
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		h.Run(ctx)
		close(ended)
	}()
	t.Cleanup(func() {
		end()
		<-ended
	})
}

// TestErasure removes texts of several sizes in every way there is, and looks for their words in
// all files of the data folder once they are due.
func TestErasure(t *testing.T) {
	t.Parallel()
	for name, remove := range map[string]func(t *testing.T, h *house, story corpus.Entry) corpus.Change{
		"removing": func(t *testing.T, h *house, story corpus.Entry) corpus.Change {
			c, err := h.Remove(t.Context(), home, story.ID, "7")
			if err != nil {
				t.Fatal(err)
			}
			return c
		},
		"replacing": func(t *testing.T, h *house, story corpus.Entry) corpus.Change {
			return h.add(t, home, corpus.Draft{Name: "new.md", Title: story.Title, Content: []byte(lighthouse)})
		},
		"undoing a replacement": func(t *testing.T, h *house, story corpus.Entry) corpus.Change {
			h.add(t, home, corpus.Draft{Name: "old.md", Title: "Other", Content: []byte(lighthouse)})
			c := h.add(t, home, corpus.Draft{Name: "new.md", Title: "Other", Content: []byte(withCanary(3))})
			if _, err := h.Undo(t.Context(), home, c.Revision); err != nil {
				t.Fatal(err)
			}
			c, err := h.Remove(t.Context(), home, story.ID, "7")
			if err != nil {
				t.Fatal(err)
			}
			return c
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				folder := t.TempDir()
				h := open(t, folder, library.Options{})
				h.add(t, home, draft("before.md", harbour))
				for i, passages := range []int{1, 30, 400} {
					h.add(t, other, draft("beside.md", strings.Repeat(harbour, i+1)))
					story := h.add(t, home, corpus.Draft{Name: "c.md", Title: "Canary", Content: []byte(withCanary(passages))}).Stories[0].Entry
					if len(holding(t, folder, canary)) < 2 {
						t.Fatalf("the word is not where it should be: %q", holding(t, folder, canary))
					}
					running(t, h)
					c := remove(t, h, story)
					if left := holding(t, filepath.Join(folder, "index"), canary); len(left) > 0 {
						t.Errorf("%d passages: the index holds it still: %q", passages, left)
					}
					time.Sleep(time.Until(c.Undo) - 2*time.Second)
					if len(holding(t, folder, canary)) == 0 {
						t.Errorf("%d passages: it was erased before its time", passages)
					}
					time.Sleep(time.Until(c.Erased))
					synctest.Wait()
					if left := holding(t, folder, canary); len(left) > 0 {
						t.Errorf("%d passages: left in %q", passages, left)
					}
					if _, err := h.Undo(t.Context(), home, c.Revision); !strings.Contains(refusal(err), "no longer be undone") {
						t.Errorf("undone after its time: %v", err)
					}
				}
				h.close()
			})
		})
	}
}

// TestErasure_of_what_came_due_while_nobody_ran is done at the next start.
func TestErasure_of_what_came_due_while_nobody_ran(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		h := open(t, folder, library.Options{})
		story := h.add(t, home, draft("c.md", withCanary(3))).Stories[0].Entry
		if _, err := h.Remove(t.Context(), home, story.ID, "7"); err != nil {
			t.Fatal(err)
		}
		h.close()
		time.Sleep(time.Hour)
		h = open(t, folder, library.Options{})
		running(t, h)
		synctest.Wait()
		if left := holding(t, folder, canary); len(left) > 0 {
			t.Errorf("left in %q", left)
		}
		h.close()
	})
}

func TestForget_leaves_nothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	h := open(t, folder, library.Options{})
	h.add(t, home, draft("c.md", withCanary(300)), draft("b.md", harbour))
	h.add(t, home, corpus.Draft{Name: "c.md", Title: "C", Content: []byte(lighthouse)})
	h.says(t, home, "Who painted the lantern room green?")
	if err := h.Forget(t.Context(), home); err != nil {
		t.Fatal(err)
	}
	if left := holding(t, folder, canary); len(left) > 0 {
		t.Errorf("left in %q", left)
	}
	if got := h.says(t, home, "Who painted the lantern room green?"); got != "silence" {
		t.Errorf("it says %q", got)
	}
}

func TestPurge_a_week_after_leaving(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		h := open(t, folder, library.Options{})
		defer h.close()
		for _, id := range []corpus.LibraryID{home, other} {
			h.Joined(t.Context(), id)
			h.add(t, id, draft("c.md", withCanary(3)))
			if err := h.Left(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(3 * 24 * time.Hour)
		if greet, err := h.Joined(t.Context(), other); greet || err != nil {
			t.Errorf("it came back after three days: greet %v, %v", greet, err)
		}
		time.Sleep(4*24*time.Hour - 2*time.Minute)
		running(t, h)
		time.Sleep(time.Minute)
		if n := len(h.Entries(home)); n != 1 {
			t.Errorf("%d stories before the time", n)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if n, m := len(h.Entries(home)), len(h.Entries(other)); n != 0 || m != 1 {
			t.Errorf("%d and %d stories after a week, want 0 and 1", n, m)
		}
		if err := h.Forget(t.Context(), other); err != nil || len(holding(t, folder, canary)) > 0 {
			t.Errorf("left in %q, %v", holding(t, folder, canary), err)
		}
		if greet, err := h.Joined(t.Context(), home); !greet || err != nil {
			t.Errorf("invited again: greet %v, %v", greet, err)
		}
	})
}
