package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/index"
)

const harbour = `The harbour papers

The election

The vote was close. The council chose Mara Lind, 34, as harbour master on 3 May. Two members abstained.

The money

The new crane cost 4.2 million crowns.
`

// quoteOf quotes the sentence of a text that begins with some words.
func quoteOf(t *testing.T, text, words string) corpus.Quote {
	t.Helper()
	span := corpus.Span{End: len(text)}
	story, err := corpus.NewStory(corpus.Meta{Title: "The harbour papers"}, text, []corpus.Block{{Span: span}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range story.Passages[0].Sentences {
		if q, _ := corpus.NewQuote(story, 0, i); strings.HasPrefix(q.SentenceText(), words) {
			return q
		}
	}
	t.Fatalf("no sentence begins with %q", words)
	return corpus.Quote{}
}

// printed is what a printer shows, with or without styles.
func printed(width int, profile colorprofile.Profile, show func(p printer)) string {
	var out bytes.Buffer
	p := printer{out: bufio.NewWriter(&colorprofile.Writer{Forward: &out, Profile: profile}), width: width, limit: 1}
	show(p)
	_ = p.flush() // memory takes everything
	return out.String()
}

func TestAnswerLooks(t *testing.T) {
	t.Parallel()
	council := quoteOf(t, "The vote was close. The council chose Mara Lind, 34, as harbour master on 3 May. Two members abstained.", "The council")
	answers := map[string]corpus.Answer{
		"answer":  {Outcome: corpus.Answered, Quotes: []corpus.Quote{council}},
		"closest": {Outcome: corpus.Closest, Quotes: []corpus.Quote{council}, Reason: "The story speaks of Mara Lind, but I find nothing on how long she held the post."},
		"silence": {Outcome: corpus.Silence, Reason: "“Berlin” occurs nowhere in it."},
		"near":    {Outcome: corpus.Silence, Reason: "“Marra” occurs nowhere in it.", Suggestion: "/who Mara Lind", Quotes: []corpus.Quote{council}},
	}
	for name, a := range answers {
		for _, width := range []int{40, 80} {
			golden(t, fmt.Sprintf("%s-%d.txt", name, width), printed(width, colorprofile.NoTTY, func(p printer) { p.answer(a) }))
		}
	}
	golden(t, "answer-40-colours.txt", printed(40, colorprofile.ANSI256, func(p printer) { p.answer(answers["answer"]) }))
}

func TestNoLineIsWiderThanTheTerminal(t *testing.T) {
	t.Parallel()
	texts := []string{
		strings.Repeat("word ", 60) + ".",
		"See https://example.org/" + strings.Repeat("path/", 40) + " for more.",
		strings.Repeat("港口的新主人是玛拉。", 12),
		"Family 👨‍👩‍👧‍👦 and flags 🇳🇴🇸🇪 " + strings.Repeat("🇩🇰", 30),
	}
	for _, text := range texts {
		for width := minWidth; width <= maxWidth; width += 7 {
			out := printed(width, colorprofile.NoTTY, func(p printer) { p.quote(quoteOf(t, text, "")) })
			for line := range strings.Lines(out) {
				if n := lipgloss.Width(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("a line of %d columns at width %d: %q", n, width, line)
				}
			}
		}
	}
}

func TestQuoteKeepsEveryWord(t *testing.T) {
	t.Parallel()
	const text = "One “two” three.  Four\nfive, six — seven. Eight!"
	out := printed(24, colorprofile.NoTTY, func(p printer) { p.passage(text, corpus.Span{End: len(text)}, corpus.Span{}) })
	got := strings.Fields(strings.ReplaceAll(out, "│", ""))
	if want := strings.Fields(text); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStoryCannotDriveTheTerminal(t *testing.T) {
	t.Parallel()
	const text = "Red \x1b[31mink\x1b[0m, a bell\x07, \u202eright to left\u202c, \u009b2J."
	out := printed(80, colorprofile.ANSI256, func(p printer) {
		p.passage(text, corpus.Span{End: len(text)}, corpus.Span{})
		p.asked(text)
		p.aside(text)
	})
	for _, bad := range []string{"\x1b[31m", "\x07", "\u202e", "\u009b"} {
		if strings.Contains(out, bad) {
			t.Errorf("%q gets through: %q", bad, out)
		}
	}
}

// newConversation talks about the harbour.
func newConversation(t *testing.T, out *bytes.Buffer) *conversation {
	t.Helper()
	story, err := reader.Read("harbour.txt", []byte(harbour))
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.New([]*corpus.Story{story})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return &conversation{printer: printer{out: bufio.NewWriter(out), width: 60, limit: 1}, x: x}
}

func TestConversation(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := newConversation(t, &out)
	lines := []string{
		"/next", "who is mara lind", "/around", "/next", "/next", "/who", "/what the crane", "",
		"Who lives on Mars?", "/stories", "/dance", "/help",
	}
	for _, line := range lines {
		c.line("? " + line)
		if leave, err := c.hear(t.Context(), line); leave || err != nil {
			t.Fatalf("%s: leave=%t, %v", line, leave, err)
		}
	}
	if leave, err := c.hear(t.Context(), "/quit"); !leave || err != nil {
		t.Errorf("/quit does not leave: %v", err)
	}
	_ = c.flush() // memory takes everything
	golden(t, "conversation.txt", printed(60, colorprofile.NoTTY, func(p printer) { p.out.Write(out.Bytes()) }))
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	c := completer{newConversation(t, new(bytes.Buffer)).x}
	for typed, want := range map[string]string{"/st": "ories ", "/WHO": " ", "/who mara": " Lind", "who is": "", "/who nobody": ""} {
		endings, _ := c.Do([]rune(typed), len([]rune(typed)))
		got := ""
		if len(endings) > 0 {
			got = string(endings[0])
		}
		if got != want {
			t.Errorf("%q is completed by %q, want %q", typed, got, want)
		}
	}
}
