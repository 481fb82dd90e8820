package index_test

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"verbatim/corpus"
	"verbatim/index"
)

func sequence(stories ...*corpus.Story) iter.Seq2[*corpus.Story, error] {
	return func(yield func(*corpus.Story, error) bool) {
		for _, s := range stories {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// built is an index on disk, opened, and its folder.
func built(t *testing.T, stories ...*corpus.Story) (*index.Index, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "index")
	if err := index.Build(context.Background(), folder, "7", sequence(stories...), nil); err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x, folder
}

func TestOpen_answers_as_in_memory(t *testing.T) {
	t.Parallel()
	memory := open(t)
	x, _ := built(t, story(t))
	for name, question := range questions {
		if got, want := describe(ask(t, x, question)), describe(ask(t, memory, question)); got != want {
			t.Errorf("%s: got %s\nwant %s", name, got, want)
		}
	}
	if x.Revision() != "7" {
		t.Errorf("revision %q", x.Revision())
	}
	if got, want := x.Entries(""), memory.Entries(""); len(got) != 1 || got[0] != want[0] {
		t.Errorf("entries %+v, want %+v", got, want)
	}
}

func TestBuild_replaces_what_was_there_and_what_is_open_goes_on(t *testing.T) {
	t.Parallel()
	old, folder := built(t, story(t))
	other, err := corpus.NewStory(corpus.Meta{Title: "Gannets"}, "Orla Finn counted nine gannets.", []corpus.Block{{Span: corpus.Span{End: 31}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := index.Build(context.Background(), folder, "8", sequence(other), nil); err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if a := ask(t, x, "Who counted gannets?"); a.Outcome == corpus.Silence || x.Revision() != "8" {
		t.Errorf("the new story is not found: %s", describe(a))
	}
	if a := ask(t, old, "Who built the north pier?"); a.Outcome != corpus.Answered {
		t.Errorf("the old index no longer answers: %s", describe(a))
	}
}

func TestClose_refuses_questions_and_leaves_answers_whole(t *testing.T) {
	t.Parallel()
	x, _ := built(t, story(t))
	a := ask(t, x, "Who built the north pier?")
	want := a.Quotes[0].Text()
	if err := errors.Join(x.Close(), x.Close()); err != nil {
		t.Fatal(err)
	}
	if got := a.Quotes[0].Text(); got != want {
		t.Errorf("quote %q, was %q", got, want)
	}
	if _, err := x.Answer(context.Background(), corpus.Question{Text: "Who?"}); !errors.Is(err, index.ErrClosed) {
		t.Errorf("error %v", err)
	}
}

func TestOpen_says_to_build_what_is_missing_or_broken(t *testing.T) {
	t.Parallel()
	if _, err := index.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing there: %v", err)
	}
	for _, damage := range []func(string) error{func(f string) error { return os.Truncate(f, 10) }, os.Remove} {
		for _, broken := range []string{"bleve/index_meta.json", "bleve/store/root.bolt", "stories"} {
			x, folder := built(t, story(t))
			x.Close()
			if err := damage(filepath.Join(folder, broken)); err != nil {
				t.Fatal(err)
			}
			if _, err := index.Open(folder); !errors.Is(err, index.ErrBroken) {
				t.Errorf("%s: %v", broken, err)
			}
			if err := index.Build(context.Background(), folder, "7", sequence(story(t)), nil); err != nil {
				t.Fatal(err)
			}
			y, err := index.Open(folder)
			if err != nil {
				t.Fatal(err)
			}
			y.Close()
		}
	}
}
