package index_test

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/corpus/reader"
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

func TestOpen_says_that_there_is_none(t *testing.T) {
	t.Parallel()
	if _, err := index.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// damages are what disks do to files.
var damages = map[string]func(file string) error{
	"removed":      os.Remove,
	"empty":        func(f string) error { return os.Truncate(f, 0) },
	"ten bytes":    func(f string) error { return os.Truncate(f, 10) },
	"half":         func(f string) error { return truncate(f, 2) },
	"bits flipped": flip,
}

func truncate(file string, part int64) error {
	info, err := os.Stat(file)
	return errors.Join(err, os.Truncate(file, info.Size()/part))
}

// flip flips a bit in the middle of every sixteenth of a file.
func flip(file string) error {
	raw, err := os.ReadFile(file)
	for i := range 16 {
		raw[(2*i+1)*len(raw)/32] ^= 1 << (i % 8)
	}
	return errors.Join(err, os.WriteFile(file, raw, 0o600))
}

func TestOpen_says_to_build_what_is_broken(t *testing.T) {
	t.Parallel()
	x, folder := built(t, story(t))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		name, _ := filepath.Rel(folder, path)
		for what, damage := range damages {
			t.Run(filepath.Base(path)+" "+what, func(t *testing.T) {
				t.Parallel()
				broken := filepath.Join(t.TempDir(), "index")
				if err := errors.Join(os.CopyFS(broken, os.DirFS(folder)), damage(filepath.Join(broken, name))); err != nil {
					t.Fatal(err)
				}
				if _, err := index.Open(broken); !errors.Is(err, index.ErrBroken) {
					t.Fatalf("error %v", err)
				}
				if err := index.Build(context.Background(), broken, "7", sequence(story(t)), nil); err != nil {
					t.Fatal(err)
				}
				y, err := index.Open(broken)
				if err != nil {
					t.Fatal(err)
				}
				if err := y.Close(); err != nil {
					t.Fatal(err)
				}
			})
		}
		return nil
	})
	if err != nil || files != 3 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestIndex_can_be_replaced_while_it_is_asked(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "index")
	var current atomic.Pointer[index.Index]
	open := func() {
		if err := index.Build(context.Background(), folder, "", sequence(story(t)), nil); err != nil {
			t.Fatal(err)
		}
		x, err := index.Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		if old := current.Swap(x); old != nil {
			if err := old.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	open()
	ended := make(chan struct{})
	var askers sync.WaitGroup
	for range 4 {
		askers.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				a, err := current.Load().Answer(context.Background(), corpus.Question{Text: "Who built the north pier?"})
				if errors.Is(err, index.ErrClosed) {
					continue
				}
				if err != nil || len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Text(), "pier") {
					t.Errorf("%v: %v", err, a.Quotes)
				}
			}
		})
	}
	for range 5 {
		open()
	}
	close(ended)
	askers.Wait()
	if err := current.Load().Close(); err != nil {
		t.Error(err)
	}
}

func TestBuild_ends_with_what_ends_it(t *testing.T) {
	t.Parallel()
	broken := errors.New("no more stories")
	ended, end := context.WithCancel(context.Background())
	end()
	for _, c := range []struct {
		ctx     context.Context
		stories iter.Seq2[*corpus.Story, error]
		want    error
	}{
		{context.Background(), func(yield func(*corpus.Story, error) bool) { _ = yield(story(t), nil) && yield(nil, broken) }, broken},
		{ended, sequence(story(t)), context.Canceled},
	} {
		folder := filepath.Join(t.TempDir(), "index")
		if err := index.Build(c.ctx, folder, "", c.stories, nil); !errors.Is(err, c.want) {
			t.Errorf("error %v, want %v", err, c.want)
		}
		if left, _ := os.ReadDir(filepath.Dir(folder)); len(left) != 0 {
			t.Errorf("%v is left", left)
		}
	}
}

func TestBuild_of_no_stories_makes_an_index_that_is_silent(t *testing.T) {
	t.Parallel()
	x, _ := built(t)
	if a := ask(t, x, "Who built the north pier?"); a.Outcome != corpus.Silence || len(x.Entries("")) != 0 || len(x.Examples("")) != 0 || len(x.Names("", "", 5)) != 0 {
		t.Errorf("%s", describe(a))
	}
}

func TestIndex_gives_stories_back_as_they_were(t *testing.T) {
	t.Parallel()
	for _, want := range []*corpus.Story{story(t), reader.BuiltIn()} {
		x, _ := built(t, want, want)
		got, ok := x.Story("", want.ID)
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%v %s", ok, diff)
		}
		if diff := cmp.Diff([]corpus.Entry{corpus.EntryOf(want)}, x.Entries("")); diff != "" {
			t.Error(diff)
		}
		if _, ok := x.Story("", "another"); ok {
			t.Error("a story that is not there")
		}
	}
}
