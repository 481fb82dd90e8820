package library_test

import (
	"context"
	"sync"
	"testing"

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
