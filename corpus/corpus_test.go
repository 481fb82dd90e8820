package corpus_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/corpus"
)

func ExampleNewStory() {
	text := "The election\n\nThe vote was close. The council chose Mara Lind."
	story, err := corpus.NewStory(corpus.Meta{Source: "harbour.txt"}, text, []corpus.Block{
		{Span: corpus.Span{Start: 0, End: 12}, Level: 1},
		{Span: corpus.Span{Start: 14, End: len(text)}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	quote, _ := corpus.NewQuote(story, 0, 1)
	fmt.Println(story.Title)
	fmt.Println(quote.SentenceText(), quote.SentenceSpan())
	// Output:
	// The election
	// The council chose Mara Lind. {34 62}
}

func TestNewStory_refuses_what_cannot_be_quoted(t *testing.T) {
	t.Parallel()
	if _, err := corpus.NewStory(corpus.Meta{}, "* * *", []corpus.Block{{Span: corpus.Span{End: 5}}}); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("a text without a word: %v", err)
	}
	if _, err := corpus.NewStory(corpus.Meta{}, "a\xff", []corpus.Block{{Span: corpus.Span{End: 2}}}); err == nil {
		t.Error("a text that is not UTF-8 was taken")
	}
}

func TestNewStory_puts_passages_into_sections(t *testing.T) {
	t.Parallel()
	text := "Before.\nOne\nFirst.\nSecond.\nTwo\nThird."
	var blocks []corpus.Block
	at := 0
	for i, l := range strings.SplitAfter(text, "\n") {
		level := 0
		if i == 1 || i == 4 {
			level = 1
		}
		blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: at, End: at + len(l)}, Level: level})
		at += len(l)
	}
	s, err := corpus.NewStory(corpus.Meta{Title: "Three"}, text, blocks)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for i, p := range s.Passages {
		got += fmt.Sprintf("%s<%s> ", text[p.Start:p.End], s.SectionTitle(i))
	}
	if want := "Before.<> First.<One> Second.<One> Third.<Two> "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStoryID_follows_the_content(t *testing.T) {
	t.Parallel()
	id := func(title, text string) corpus.StoryID {
		s, err := corpus.NewStory(corpus.Meta{Title: title}, text, []corpus.Block{{Span: corpus.Span{End: len(text)}}})
		if err != nil {
			t.Fatal(err)
		}
		return s.ID
	}
	same, other, renamed := id("A", "Some text."), id("A", "Some text!"), id("B", "Some text.")
	if same != id("A", "Some text.") || same == other || same == renamed || len(same) != 8 {
		t.Errorf("%q %q %q", same, other, renamed)
	}
}

func TestRenamed_is_the_same_text_under_another_ID(t *testing.T) {
	t.Parallel()
	text := "The election\n\nThe vote was close."
	s, err := corpus.NewStory(corpus.Meta{}, text, []corpus.Block{{Span: corpus.Span{End: 12}, Level: 1}, {Span: corpus.Span{Start: 14, End: len(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	r := s.Renamed("The harbour papers")
	if s.Title != "The election" || r.Title != "The harbour papers" || r.ID == s.ID || r.Text != s.Text || r.SectionTitle(0) != "The election" {
		t.Errorf("%+v became %+v", s, r)
	}
	if again := r.Renamed(s.Title); again.ID != s.ID {
		t.Errorf("the first title gives %s, not %s", again.ID, s.ID)
	}
}

func TestNewQuote_knows_no_place_outside_of_the_story(t *testing.T) {
	t.Parallel()
	s, err := corpus.NewStory(corpus.Meta{}, "Some text.", []corpus.Block{{Span: corpus.Span{End: 10}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range [][2]int{{-1, 0}, {1, 0}, {0, 1}, {0, -1}} {
		if _, ok := corpus.NewQuote(s, at[0], at[1]); ok {
			t.Errorf("%v was quoted", at)
		}
	}
}

func TestParseQuestion(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]corpus.Question{
		" Who is it? ":      {Command: corpus.Ask, Text: "Who is it?"},
		"/who  Mara Lind":   {Command: corpus.Who, Text: "Mara Lind"},
		"/quote":            {Command: corpus.Words},
		"/whoever did this": {Command: corpus.Ask, Text: "/whoever did this"},
		"/ask why?":         {Command: corpus.Ask, Text: "why?"},
		"":                  {Command: corpus.Ask},
	} {
		if got := corpus.ParseQuestion(line); got.Command != want.Command || got.Text != want.Text {
			t.Errorf("ParseQuestion(%q) = %q %q", line, got.Command, got.Text)
		}
	}
}

func FuzzParseQuestion(f *testing.F) {
	f.Add("/who Mara")
	f.Add("why?")
	f.Fuzz(func(t *testing.T, line string) {
		q := corpus.ParseQuestion(line)
		again := corpus.ParseQuestion(q.String())
		if q.Command != corpus.Ask && (again.Command != q.Command || again.Text != q.Text) {
			t.Errorf("%q came back as %q %q", line, again.Command, again.Text)
		}
	})
}

func TestBlocks_make_the_same_story_again(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		var blocks []corpus.Block
		for range rapid.IntRange(1, 12).Draw(t, "blocks") {
			start := text.Len()
			text.WriteString(rapid.StringN(0, 40, -1).Draw(t, "text") + "x")
			level := rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "level")
			blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: start, End: text.Len()}, Level: level})
			text.WriteString(rapid.SampledFrom([]string{"", " ", "\n\n"}).Draw(t, "gap"))
		}
		first, err := corpus.NewStory(corpus.Meta{Author: "A", Source: "s"}, text.String(), blocks)
		if errors.Is(err, corpus.ErrEmpty) {
			return
		}
		raw, bad := json.Marshal(first.Blocks())
		var again []corpus.Block
		if err := errors.Join(err, bad, json.Unmarshal(raw, &again)); err != nil {
			t.Fatal(err)
		}
		second, err := corpus.NewStory(corpus.Meta{Title: first.Title, Author: first.Author, Source: first.Source}, first.Text, again)
		if diff := cmp.Diff(first, second); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

func TestNewStory_refuses_blocks_out_of_place(t *testing.T) {
	t.Parallel()
	for name, spans := range map[string][]corpus.Span{
		"past the end":       {{Start: 0, End: 99}},
		"backwards":          {{Start: 2, End: 1}},
		"before the start":   {{Start: -1, End: 1}},
		"over another":       {{Start: 0, End: 3}, {Start: 2, End: 4}},
		"within a character": {{Start: 1, End: 4}},
	} {
		var blocks []corpus.Block
		for _, s := range spans {
			blocks = append(blocks, corpus.Block{Span: s})
		}
		if _, err := corpus.NewStory(corpus.Meta{}, "ü and u", blocks); err == nil || errors.Is(err, corpus.ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
