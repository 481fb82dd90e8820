package bot

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
)

var update = flag.Bool("update", false, "write the goldens anew")

func TestEscape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"A start-up got $14.3 billion (in cash); see p. 5.": "A start-up got $14.3 billion (in cash); see p. 5.",
		"he said: \"no\" & left – at 5 < 6":                 "he said: \"no\" & left – at 5 < 6",
		"**bold** and _thin_ and `code`":                    "\\*\\*bold\\*\\* and \\_thin\\_ and \\`code\\`",
		"||spoiler|| ~~gone~~ a|b ~5":                       `\|\|spoiler\|\| \~\~gone\~\~ a|b ~5`,
		"[mask](https://evil.example) but [sic] stays":      `\[mask](https://evil.example) but [sic] stays`,
		"<@123> <#5> <:smile:1> <https://a.example> <3":     `\<@123> \<#5> \<:smile:1> \<https://a.example> <3`,
		"# heading":                            `\# heading`,
		"-# small":                             `\-# small`,
		"- item":                               `\- item`,
		"> quote":                              `\> quote`,
		"1. first":                             `1\. first`,
		"1.5 litres":                           "1.5 litres",
		"two\nlines":                           "two lines",
		"turned \u202eround\u202c":             "turned round",
		"tag \U000e0041 zero\u200bwidth\ufeff": "tag  zerowidth",
		"family 👩\u200d👩\u200d👧":               "family 👩\u200d👩\u200d👧",
		"Z" + strings.Repeat("\u0301", 9) + "algo": "Z" + strings.Repeat("\u0301", 4) + "algo",
		`back\slash`: `back\\slash`,
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}

// markup finds what Discord would read as mark-up.
var markup = regexp.MustCompile("(?:^|[^\\\\])(?:\\\\\\\\)*(?:\\*|_|`|\\|\\||~~|<[@#:])")

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"plain", "**a** ||b||", "<@1>", "# x", "1. a", "\\*", "a\u202eb", "[a](b)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escape(s)
		if !utf8.ValidString(got) {
			t.Errorf("escape(%q) = %q is not UTF-8", s, got)
		}
		if at := markup.FindString(got); at != "" {
			t.Errorf("escape(%q) = %q holds %q", s, got, at)
		}
		if strings.ContainsAny(got, "\n\r\x00\u202e\u2066") {
			t.Errorf("escape(%q) = %q holds a control", s, got)
		}
	})
}

func TestRender_goldens(t *testing.T) {
	t.Parallel()
	s := harbour(t)
	quotes := []corpus.Quote{quoteOf(s, 0, 1), quoteOf(s, 1, 0)}
	for name, a := range map[string]corpus.Answer{
		"answer":         {Outcome: corpus.Answered, Quotes: quotes, Subject: "Mara Lind"},
		"single":         {Outcome: corpus.Answered, Quotes: quotes[:1]},
		"about":          {Outcome: corpus.Answered, Quotes: quotes, About: "Mara Lind"},
		"closest":        {Outcome: corpus.Closest, Quotes: quotes, Reason: "The story speaks of Mara Lind, but “wife” occurs nowhere in it."},
		"silence":        {Outcome: corpus.Silence, Reason: "“*Berlin*” occurs nowhere in it.", Quotes: quotes},
		"suggestion":     {Outcome: corpus.Silence, Suggestion: "/who Mara Lind"},
		"silence-unsaid": {Outcome: corpus.Silence},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, render(a))
		})
	}
}

// golden compares a reply with a file.
func golden(t *testing.T, name string, r reply) {
	t.Helper()
	if n := units(r.content); n > mostContent {
		t.Errorf("%d units", n)
	}
	got := r.content + "\n"
	for _, b := range r.buttons {
		got += "[ " + b.label + " ] " + b.id + "\n"
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test ./bot -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-golden +now)\n%s", file, diff)
	}
}

func TestExcerpt_cuts_a_long_passage_at_sentence_ends(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("This sentence stands before it all. ", 60) + "Here is the answer 🙂. " + strings.Repeat("And this one stands after it. ", 60)
	s, err := corpus.NewStory(corpus.Meta{Title: "Long"}, text, []corpus.Block{{Span: corpus.Span{End: len(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range []int{60, 300, 1900} {
		got := excerpt(quoteOf(s, 0, 60), room)
		if n := units(got); n > room {
			t.Errorf("%d units, room for %d", n, room)
		}
		if !strings.Contains(got, "**Here is the answer 🙂.**") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") {
			t.Errorf("room for %d: %s", room, got)
		}
		inner := strings.NewReplacer("**", "", "… ", "", " …", "").Replace(got)
		if !strings.Contains(text, inner) {
			t.Errorf("%q does not stand in the story", inner)
		}
	}
}

func TestExcerpt_cuts_a_long_sentence_between_characters(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("👩\u200d👩\u200d👧\\", 900)
	s, err := corpus.NewStory(corpus.Meta{Title: "Long"}, "A "+text, []corpus.Block{{Span: corpus.Span{End: 2 + len(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	r := render(corpus.Answer{Outcome: corpus.Answered, Quotes: []corpus.Quote{quoteOf(s, 0, 0)}})
	if n := units(r.content); n > mostContent || n < mostContent-100 {
		t.Errorf("%d units", n)
	}
	if strings.Contains(r.content, "\u200d…") || strings.Contains(r.content, `\…`) && !strings.Contains(r.content, `\\…`) {
		t.Errorf("cut within a character: %q", r.content[len(r.content)-60:])
	}
}

func TestExcerpt_isolates_text_that_runs_from_right_to_left(t *testing.T) {
	t.Parallel()
	text := "Lind said שלום to all."
	s, err := corpus.NewStory(corpus.Meta{Title: "Both"}, text, []corpus.Block{{Span: corpus.Span{End: len(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := excerpt(quoteOf(s, 0, 0), 500); got != "\u2068**"+text+"**\u2069" {
		t.Errorf("got %q", got)
	}
}

func TestButtons_keep_as_many_matches_as_fit(t *testing.T) {
	t.Parallel()
	s := harbour(t)
	var quotes []corpus.Quote
	for range 40 {
		quotes = append(quotes, quoteOf(s, 1, 0))
	}
	b := nextButton(quotes, "Mara Lind")
	p, ok := parseID(b.id)
	if !ok || len(b.id) > mostID || len(p.places) < 10 || p.subject != "Mara Lind" {
		t.Errorf("%q: %+v", b.id, p)
	}
	if got := p.quotes(&oracle{story: s}, ""); len(got) != len(p.places) || got[0] != quotes[0] {
		t.Errorf("%d quotes came back", len(got))
	}
	if got := p.quotes(&oracle{story: &corpus.Story{}}, ""); len(got) != 0 {
		t.Errorf("%d quotes of stories that are gone", len(got))
	}
	if b := suggestion(strings.Repeat("long ", 30)); b != nil {
		t.Errorf("a question too long for a button: %v", b)
	}
}

func FuzzParseID(f *testing.F) {
	for _, id := range []string{"n/abcdefgh:1.2,3.4;ijklmnop:0.0/Mara Lind", "a/abcdefgh:1.2", "q/who is it?", "n/", "a/x:-1.0", "z", "u/1.t5x0go", "u/0.0", "l/3", "l/-1", "f/"} {
		f.Add(id)
	}
	s := harbour(f)
	f.Fuzz(func(t *testing.T, id string) {
		p, ok := parseID(id)
		if ok && p.number < 0 {
			t.Errorf("%q gave the number %d", id, p.number)
		}
		for _, q := range p.quotes(&oracle{story: s}, "") {
			if !ok || q.Text() == "" {
				t.Errorf("%q gave a quote", id)
			}
		}
	})
}

func TestBounded_forgets_the_oldest(t *testing.T) {
	t.Parallel()
	b := newBounded[int, string](2)
	b.set(1, "a")
	b.set(2, "b")
	b.set(1, "c")
	b.set(3, "d")
	if _, found := b.get(1, nil); found {
		t.Error("the oldest is still there")
	}
	if v, found := b.get(3, nil); !found || v != "d" {
		t.Errorf("the newest is %q, %v", v, found)
	}
}

func TestEssence_leaves_out_what_Discord_adds(t *testing.T) {
	t.Parallel()
	for _, c := range commands(true) {
		theirs := *c
		theirs.ID, theirs.ApplicationID, theirs.Version = "1", "2", "3"
		if !same(c, &theirs) {
			t.Errorf("/%s differs from itself as Discord keeps it", c.Name)
		}
		theirs.Name += "x"
		if same(c, &theirs) {
			t.Errorf("/%s is the same under another name", c.Name)
		}
	}
}
