package library_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/library"
)

// TestQuestions_go_on_while_libraries_change asks in servers more than there may be indexes open,
// while stories come and go there and the operator's change: no question fails or misses what is
// there all the time.
func TestQuestions_go_on_while_libraries_change(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{Open: 1})
	servers := []corpus.LibraryID{"1", "2", "3"}
	for _, id := range servers {
		h.add(t, id, draft("lighthouse.md", lighthouse))
	}
	ctx, end := context.WithCancel(t.Context())
	var asking, changing sync.WaitGroup
	for _, id := range servers {
		asking.Go(func() {
			for ctx.Err() == nil {
				if got := h.says(t, id, "Who painted the lantern room green?"); got != green {
					t.Errorf("in %s it says %q", id, got)
				}
				if _, found := h.Story(id, "none"); found {
					t.Errorf("in %s there is a story that there is not", id)
				}
				h.Names(id, "Or", 5)
				h.Entries(id)
				h.Examples(id)
				time.Sleep(time.Millisecond) // the changes need a processor, too
			}
		})
		changing.Go(func() {
			for range 5 {
				c := h.add(t, id, draft("harbour.md", harbour))
				if _, err := h.Remove(t.Context(), id, c.Stories[0].Entry.ID, "7"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	changing.Go(func() {
		for range 5 {
			for _, stories := range [][]*corpus.Story{{reader.BuiltIn()}, nil} {
				if err := h.SetOperator(t.Context(), stories); err != nil {
					t.Error(err)
				}
			}
		}
	})
	changing.Wait()
	end()
	asking.Wait()
	for _, id := range servers {
		if n := len(h.Entries(id)); n != 1 {
			t.Errorf("in %s there are %d stories", id, n)
		}
	}
}

// TestTwoProcesses change the same library at once: both get all that they add in.
func TestTwoProcesses_change_the_same_library(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var changing sync.WaitGroup
	for process := range 2 {
		h := open(t, folder, library.Options{})
		changing.Go(func() {
			for n := range 4 {
				d := variant(fmt.Sprintf("Story %d of %d", n, process), n)
				for {
					_, err := h.Add(t.Context(), home, []corpus.Draft{d}, nil)
					if err == nil {
						break
					}
					if !strings.Contains(refusal(err), "try again") {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	changing.Wait()
	h := open(t, folder, library.Options{})
	if n := len(h.Entries(home)); n != 8 {
		t.Errorf("%d stories of 8", n)
	}
	if got := h.says(t, home, "/quote sword number 7"); !strings.Contains(got, "sword number 7") {
		t.Errorf("it says %q", got)
	}
}

// What another process makes of the latest revision is not in the way of who came before it, whose files go.
func TestAdd_removes_the_index_of_the_revision_before_and_none_of_a_later_one(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	h.add(t, home, draft("lighthouse.md", lighthouse))
	folder := filepath.Join(h.folder, "index", string(home))
	before, err := os.ReadDir(folder)
	if err != nil || len(before) != 1 {
		t.Fatal(before, err)
	}
	inTheMaking := filepath.Join(folder, strconv.FormatInt(time.Now().Add(time.Hour).UnixMicro(), 10)+".new")
	if err := os.Mkdir(inTheMaking, 0o700); err != nil {
		t.Fatal(err)
	}
	h.add(t, home, draft("harbour.md", harbour))
	if _, err := os.Stat(inTheMaking); err != nil {
		t.Errorf("of a later revision: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, before[0].Name())); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of the revision before: %v", err)
	}
}
