package library_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/corpus/sqlite"
	"verbatim/library"
)

// inMemory are libraries without a folder, whose operator has a story.
func inMemory(t *rapid.T) *house {
	store, err := sqlite.OpenInMemory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	l, err := library.New(context.Background(), store, new(reader.Reader), library.Options{Open: 1})
	if err != nil {
		t.Fatal(err)
	}
	operator, err := reader.Read("operator.md", []byte(harbour))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetOperator(context.Background(), []*corpus.Story{operator}); err != nil {
		t.Fatal(err)
	}
	h := &house{Libraries: l, store: store}
	t.Cleanup(h.close)
	return h
}

var sentences = []string{
	"Orla Quill painted the lantern room green in 1902.", "Orla Quill was the keeper of the lighthouse.", "Matti Quill repaired the fog horn.",
	"The lighthouse of Cape Wendel was built in 1871.", "The ferry cost 4 million crowns.", "Ida Brandt sold the ferry to the city of Tornby.",
	"Mara Lind sold the old harbour.", "Nobody painted the ferry, because paint was scarce.",
}

var questions = []string{
	"Who painted the lantern room green?", "/who Orla Quill", "/who Mara Lind", "When was the lighthouse built?", "/what ferry", "How much did the ferry cost?",
	"Who sold the ferry?", "/why ferry", "/quote fog horn", "What is the capital of Germany?", "/where Tornby",
}

// drawnStory is a file with some of the sentences under one of few titles.
func drawnStory(t *rapid.T) corpus.Draft {
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(sentences), 1, 4, rapid.ID[string]).Draw(t, "sentences")
	title := rapid.SampledFrom([]string{"One", "Two", "Three"}).Draw(t, "title")
	return corpus.Draft{Name: title + ".md", Title: title, Content: []byte(strings.Join(some, "\n\n")), AddedBy: "7"}
}

// answers is all that the questions are answered in a library, to be compared.
func answers(t *rapid.T, l *library.Libraries, id corpus.LibraryID) (all []string) {
	for _, line := range questions {
		q := corpus.ParseQuestion(line)
		q.Library = id
		a, err := l.Answer(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("%s: %s %.6f %q %q", line, a.Outcome, a.Confidence, a.Reason, a.Suggestion)
		for _, quote := range a.Quotes {
			text += fmt.Sprintf("\n\t%s %d %d %.6f %s", quote.Story().Title, quote.Passage(), quote.Sentence(), quote.Score, quote.SentenceText())
		}
		all = append(all, text)
	}
	names, examples := l.Names(id, "", 20), l.Examples(id)
	all = append(all, strings.Join(names, ", "), fmt.Sprint(examples))
	for _, e := range l.Entries(id) {
		all = append(all, e.Title)
	}
	return all
}

// server makes random changes to one library, in several houses alike.
type server struct {
	id     corpus.LibraryID
	houses []*house
	last   [][]int64 // by house: the revisions that can be undone
}

func (s *server) step(t *rapid.T) {
	kind := rapid.SampledFrom([]string{"add", "add", "remove", "undo", "forget"}).Draw(t, "kind")
	drafts := rapid.SliceOfN(rapid.Custom(drawnStory), 1, 2).Draw(t, "drafts")
	which := rapid.IntRange(0, 3).Draw(t, "which")
	for i, h := range s.houses {
		s.do(t, i, h, kind, drafts, which)
	}
}

func (s *server) do(t *rapid.T, i int, h *house, kind string, drafts []corpus.Draft, which int) {
	var c corpus.Change
	var err error
	stored, bad := h.store.Library(context.Background(), s.id)
	if bad != nil {
		t.Fatal(bad)
	}
	switch {
	case kind == "add":
		c, err = h.Add(context.Background(), s.id, drafts, nil)
	case kind == "remove" && len(stored.Entries) > 0:
		c, err = h.Remove(context.Background(), s.id, stored.Entries[which%len(stored.Entries)].ID, "7")
	case kind == "undo" && len(s.last[i]) > 0:
		c, err = h.Undo(context.Background(), s.id, s.last[i][which%len(s.last[i])])
	case kind == "forget" && which == 0:
		err = h.Forget(context.Background(), s.id)
	}
	if err != nil && strings.HasPrefix(refusal(err), "no refusal") {
		t.Fatal(err)
	}
	if !c.Undo.IsZero() {
		s.last[i] = append(s.last[i], c.Revision)
	}
}

// fresh answers from the stories that a library has now, as if it had never had others.
func fresh(t *rapid.T, h *house, id corpus.LibraryID) []string {
	stories, _, err := h.store.Stories(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	again := inMemory(t)
	if err := again.store.Edit(context.Background(), corpus.Edit{Library: id, Revision: 1, Add: stories}); err != nil {
		t.Fatal(err)
	}
	l, err := library.New(context.Background(), again.store, nil, library.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	operator, err := reader.Read("operator.md", []byte(harbour))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetOperator(context.Background(), []*corpus.Story{operator}); err != nil {
		t.Fatal(err)
	}
	return answers(t, l, id)
}

// TestLibraries_are_apart changes two servers at random. Each answers as if it were alone, and
// as an index that was just made of its stories.
func TestLibraries_are_apart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		both, first, second := inMemory(t), inMemory(t), inMemory(t)
		servers := []*server{
			{id: home, houses: []*house{both, first}, last: make([][]int64, 2)},
			{id: other, houses: []*house{both, second}, last: make([][]int64, 2)},
		}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			servers[rapid.IntRange(0, 1).Draw(t, "server")].step(t)
		}
		for i, s := range servers {
			got := answers(t, both.Libraries, s.id)
			if diff := cmp.Diff(answers(t, s.houses[1].Libraries, s.id), got); diff != "" {
				t.Errorf("server %d, alone against beside another:\n%s", i, diff)
			}
			if diff := cmp.Diff(fresh(t, both, s.id), got); diff != "" {
				t.Errorf("server %d, fresh against grown:\n%s", i, diff)
			}
		}
	})
}
