package index_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/index"
)

var update = flag.Bool("update", false, "write the goldens anew")

func story(t testing.TB) *corpus.Story {
	t.Helper()
	raw, err := os.ReadFile("testdata/harbour.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, err := reader.Read("harbour.txt", raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t testing.TB, stories ...*corpus.Story) *index.Index {
	t.Helper()
	if len(stories) == 0 {
		stories = []*corpus.Story{story(t)}
	}
	x, err := index.New(stories)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func ask(t testing.TB, x *index.Index, line string) corpus.Answer {
	t.Helper()
	a, err := x.Answer(context.Background(), corpus.ParseQuestion(line))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// questions are those with a golden each, under testdata/answers.
var questions = map[string]string{
	"who-name":         "/who Mara Lind",
	"who-typo":         "who is mara linnd",
	"shouting":         "WHO WAS CHOSEN AS HARBOUR MASTER",
	"how-old":          "How old was the harbour master?",
	"how-much":         "How much did the repairs cost?",
	"how-many":         "How many metres of the pier were destroyed?",
	"when":             "When was the north pier built?",
	"why":              "Why was nobody hurt in the storm?",
	"where":            "Where was the Petrel bought?",
	"company":          "Which company repaired the pier?",
	"synonym":          "Who constructed the pier?",
	"pronoun":          "What did Lind promise?",
	"acronym":          "Where was the United States owner?",
	"quote":            "/quote bigger harbours",
	"phrase":           "what is said of \"steel piles\"?",
	"phrase-missing":   "what is said of \"silver piles\"?",
	"off-topic":        "What is the boiling point of tungsten?",
	"unknown-name":     "Who is Berlin Harper?",
	"near":             "Who is the wife of Tomas Berg?",
	"near-number":      "How many employees does Northline have?",
	"misspelt-name":    "Who is Edward Holmes?",
	"nothing":          "?",
	"small-talk":       "what's your name?",
	"request":          "Can you tell me about the storm?",
	"ordinal":          "What happened on the 14th of November?",
	"amount-in-words":  "What cost 2.4 million dollars?",
	"acronym-spelled":  "Who is the CEO?",
	"person-synonym":   "Who was elected as harbour master?",
	"name-alone":       "/who petrel",
	"nickname":         "Who is Tom Berg?",
	"several-words":    "When did Berg return?",
	"small-words-only": "is it the of and",
}

func TestAnswer_goldens(t *testing.T) {
	t.Parallel()
	x := open(t)
	for name, question := range questions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, filepath.Join("testdata", "answers", name+".golden"), describe(ask(t, x, question)))
		})
	}
}

// describe is an answer for people to read. Scores and the confidence are left to two digits, so
// that a golden changes when the ranking does and not with the last bit.
func describe(a corpus.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "question: %s\noutcome: %s (%.2f)\n", a.Question, a.Outcome, a.Confidence)
	for _, field := range [][2]string{{"reason", a.Reason}, {"suggestion", a.Suggestion}, {"about", a.About}, {"subject", a.Subject}} {
		if field[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", field[0], field[1])
		}
	}
	for i, q := range a.Quotes {
		fmt.Fprintf(&b, "%d. %.1f passage %d: %s\n", i+1, q.Score, q.Passage(), q.SentenceText())
	}
	return b.String()
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test ./index -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-golden +now); if that is meant, run go test ./index -update\n%s", file, diff)
	}
}

func TestAnswer_follows_up(t *testing.T) {
	t.Parallel()
	x := open(t)
	first := ask(t, x, "/who Mara Lind")
	for name, before := range map[string]corpus.Before{
		"by the question":       {Question: "Mara Lind", Answer: first.Quotes[0].Place()},
		"by the sentence alone": {Answer: first.Quotes[0].Place()},
	} {
		a, err := x.Answer(context.Background(), corpus.Question{Text: "How old is she?", Before: &before})
		if err != nil {
			t.Fatal(err)
		}
		if a.About != "Mara Lind" || !strings.Contains(a.Quotes[0].SentenceText(), "Mara Lind, 34") {
			t.Errorf("%s: about %q: %q", name, a.About, a.Quotes[0].SentenceText())
		}
	}
	for question, want := range map[string]struct{ before, about, read, sentence string }{
		"why?":                {"Was anybody hurt in the storm?", "Was anybody hurt in the storm", "why? Was anybody hurt in the storm?", "because the ferry"},
		"and Tomas Berg?":     {"/who Mara Lind", "Tomas Berg", "/who Tomas Berg", "Tomas Berg"},
		"what about Bergen?":  {"Where was the Petrel bought?", "Where was the Bergen bought", "Where was the Bergen bought?", "Bergen"},
		"who is he?":          {"Who built the north pier? Edvard Holm?", "Edvard Holm", "/who Edvard Holm", "Edvard Holm"},
		"who else?":           {"/who Mara Lind", "Mara Lind", "/who Mara Lind", "Lind had run the ferry office"},
		"When was that?":      {"Who built the north pier?", "Who built the north pier", "When was that? Who built the north pier?", "1902"},
		"How old was she?":    {"/who Mara Lind", "Mara Lind", "How old was Mara Lind?", "Mara Lind, 34"},
		"What was his rival?": {"/who Mara Lind", "Mara Lind", "What was Mara Lind's rival?", ""},
		"when?":               {"", "Mara Lind", "when? Mara Lind", "3 May 1987"},
		"Where is Northline?": {"/who Mara Lind", "", "Where is Northline?", "Northline"},
	} {
		a, err := x.Answer(context.Background(), corpus.Question{Text: question, Before: &corpus.Before{Question: want.before, Answer: first.Quotes[0].Place()}})
		if err != nil {
			t.Fatal(err)
		}
		if a.About != want.about || a.Read != want.read || !strings.Contains(a.Quotes[0].SentenceText(), want.sentence) {
			t.Errorf("%s after %s is about %q, read as %q, and answered by %q", question, want.before, a.About, a.Read, a.Quotes[0].SentenceText())
		}
	}
	for _, gone := range []corpus.Place{{Story: "gone"}, {Story: first.Quotes[0].Story().ID, Passage: 9999}, {Story: first.Quotes[0].Story().ID, Sentence: 9999}, {Story: first.Quotes[0].Story().ID, Passage: -1}} {
		if a, err := x.Answer(context.Background(), corpus.Question{Text: "How old is she?", Before: &corpus.Before{Answer: gone}}); err != nil || a.About != "" {
			t.Errorf("after an answer at %v, which is nowhere: about %q, %v", gone, a.About, err)
		}
	}
	last := corpus.Question{Text: "who else?", Before: &corpus.Before{Question: "/who Tomas Berg"}}
	for shown := 0; ; shown++ {
		a, err := x.Answer(context.Background(), last)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Quotes) == 0 {
			if a.Outcome != corpus.Silence || a.Reason == "" || shown == 0 {
				t.Errorf("after %d others: %s", shown, describe(a))
			}
			break
		}
		last.Before.Answer = a.Quotes[0].Place()
	}
	stands := corpus.Question{Text: "Who built the north pier?", Before: &corpus.Before{Question: "Mara Lind", Answer: first.Quotes[0].Place()}}
	if a, _ := x.Answer(context.Background(), stands); a.About != "" {
		t.Errorf("a question that stands by itself was taken to be about %q", a.About)
	}
}

func TestAnswer_asks_one_story_alone(t *testing.T) {
	t.Parallel()
	other, err := reader.Read("other.txt", []byte("Mara Lind is a singer from Oslo who plays the harp."))
	if err != nil {
		t.Fatal(err)
	}
	x := open(t, story(t), other)
	a, err := x.Answer(context.Background(), corpus.Question{Command: corpus.Who, Text: "Mara Lind", Story: other.ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range a.Quotes {
		if q.Story().ID != other.ID {
			t.Errorf("quoted %q", q.Story().Title)
		}
	}
	if len(a.Quotes) == 0 {
		t.Error("no quote")
	}
	if a, _ := x.Answer(context.Background(), corpus.Question{Text: "Mara Lind", Story: "nosuchid"}); a.Outcome != corpus.Silence {
		t.Errorf("a story that is not there answered: %s", describe(a))
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	x := open(t)
	for typed, want := range map[string]string{"ma": "Mara Lind", "lin": "Lind", "LIND": "Lind", "tomas b": "Tomas Berg", "holm": "Edvard Holm", "edvart": "Edvard Holm"} {
		if got := x.Names("", typed, 25); !contains(got, want) {
			t.Errorf("Names(%q) = %q, want %q among them", typed, got, want)
		}
	}
	if got := x.Names("", "xyzzy", 25); len(got) != 0 {
		t.Errorf("Names(xyzzy) = %q", got)
	}
	if got := x.Names("", "", 3); len(got) != 3 {
		t.Errorf("Names of nothing = %q, want the three most used", got)
	}
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

func TestExamples_are_answered(t *testing.T) {
	t.Parallel()
	for _, s := range []*corpus.Story{story(t), reader.BuiltIn()} {
		x := open(t, s)
		examples := x.Examples("")
		if len(examples) != 3 {
			t.Errorf("%s: %d examples, want 3: %v", s.Title, len(examples), examples)
		}
		for _, q := range examples {
			if a := ask(t, x, q.String()); a.Outcome != corpus.Answered {
				t.Errorf("%s: the example %q is not answered", s.Title, q)
			}
		}
	}
}

func TestExplain_adds_up_to_the_score(t *testing.T) {
	t.Parallel()
	_, all, err := open(t).Explain(context.Background(), corpus.Question{Text: "Who built the north pier?"})
	if err != nil || len(all) == 0 {
		t.Fatal(err, len(all))
	}
	for _, e := range all {
		sum := 0.0
		for _, p := range e.Parts {
			sum += p.Contribution
		}
		if d := sum - e.Score; d > 1e-3 || d < -1e-3 {
			t.Errorf("the parts add up to %v, the score is %v", sum, e.Score)
		}
	}
}

func TestAnswer_is_deterministic(t *testing.T) {
	t.Parallel()
	x, y := open(t), open(t)
	words := strings.Fields(story(t).Text + " who what when where why how many much is the of Berlin 1987 \"the pier\"")
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(t, "words"), " ")
		a, err := x.Answer(context.Background(), corpus.ParseQuestion(line))
		b, err2 := y.Answer(context.Background(), corpus.ParseQuestion(line))
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if describe(a) != describe(b) {
			t.Fatalf("%q:\n%s\n%s", line, describe(a), describe(b))
		}
	})
}

func FuzzAnswer(f *testing.F) {
	for _, q := range questions {
		f.Add(q)
	}
	f.Add("text:*~ \" +who -is (a OR b) AND /.*/ ^5 {x TO y] \\")
	f.Add("who\x00is\xff \u202e" + strings.Repeat("Mara ", 400))
	x := open(f)
	text := story(f).Text
	f.Fuzz(func(t *testing.T, line string) {
		a, err := x.Answer(context.Background(), corpus.ParseQuestion(line))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range a.Quotes {
			if !strings.Contains(text, q.Text()) || !strings.Contains(q.Text(), q.SentenceText()) {
				t.Errorf("%q is not quoted word for word", q.Text())
			}
		}
		if a.Confidence < 0 || a.Confidence > 1 || a.Outcome == corpus.Answered && len(a.Quotes) == 0 {
			t.Errorf("outcome %s, confidence %v, %d quotes", a.Outcome, a.Confidence, len(a.Quotes))
		}
	})
}

func BenchmarkAnswer(b *testing.B) {
	x := open(b, reader.BuiltIn())
	for name, q := range map[string]string{"answer": "Who is Alexandr Wang?", "long": "How much did Meta invest in the start-up that Alexandr Wang founded?", "silence": "What is the boiling point of tungsten?"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Answer(context.Background(), corpus.ParseQuestion(q)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	s := reader.BuiltIn()
	for b.Loop() {
		x, err := index.New([]*corpus.Story{s})
		if err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

func TestAnswer_knows_long_forms_and_acronyms_for_each_other(t *testing.T) {
	t.Parallel()
	s, err := reader.Read("notes.txt", []byte("Notes\n\nThe EU fined the yard in 1994. Its CTO resigned.\n\nThe World Bank paid for the pier of Kiel."))
	if err != nil {
		t.Fatal(err)
	}
	x := open(t, s)
	for question, want := range map[string]string{
		"When did the European Union fine the yard?":        "The EU fined",
		"When was the yard fined by the EU?":                "The EU fined",
		"What did the chief technology officer do?":         "Its CTO resigned",
		"Did the World Bank pay for the pier?":              "The World Bank paid",
		"Which pier did the WB pay for?":                    "The World Bank paid",
		"Who quit, was it the chief technology officer?":    "Its CTO resigned",
		"When did the European Union's court fine the yard": "The EU fined",
		"When did the ❤️ EU fine the yard?":                 "The EU fined",
	} {
		a := ask(t, x, question)
		if a.Outcome == corpus.Silence || !strings.Contains(a.Quotes[0].SentenceText(), want) {
			t.Errorf("%s %v, want %q", question, a.Outcome, want)
		}
	}
}

// Words that look like those of the story, or like its names, are not taken for them.
func TestAnswer_is_silent_on_others(t *testing.T) {
	t.Parallel()
	s, err := reader.Read("notes.txt", []byte("Notes ❤️\n\nThe firm sells AI to farms. It went public in 1994 ☝️.\n\nLaura Adams ran for mayor. Robert Lind painted \u0301 the EU pier. Victor Petrov helped."))
	if err != nil {
		t.Fatal(err)
	}
	x := open(t, s)
	for _, question := range []string{"Who is Albert Ingersoll?", "Who is Emma Underwood?", "What is LA?", "Who is the VP?", "Did the boat float?", "Who is Jean Lind?", "Did they rob the ferry?"} {
		if a := ask(t, x, question); a.Outcome == corpus.Answered {
			t.Errorf("%s is answered: %s", question, a.Quotes[0].SentenceText())
		}
	}
	for _, question := range []string{"Who is Bob Lind?", "Who is Rob Lind?"} {
		if a := ask(t, x, question); a.Outcome != corpus.Answered {
			t.Errorf("%s: %s, %s", question, a.Outcome, a.Reason)
		}
	}
}
