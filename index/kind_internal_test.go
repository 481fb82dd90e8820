package index

import (
	"testing"

	"verbatim/corpus"
)

func TestAnalyse_tells_what_is_asked_for(t *testing.T) {
	t.Parallel()
	x, err := readAll(nil, unindexed{})
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]struct {
		kind, wants Kind
		focus       string
		described   bool
	}{
		"Who is Mara Lind?":                   {Definition, Anything, "", false},
		"Who's Mara Lind?":                    {Definition, Anything, "", false},
		"whos Mara Lind":                      {Definition, Anything, "", false},
		"What’s a packet?":                    {Definition, Anything, "packet", true},
		"What is the salary of Mara Lind?":    {Thing, Amount, "salary", true},
		"What is Mara Lind's salary?":         {Thing, Amount, "salary", true},
		"Who was Lind’s wife?":                {Person, Person, "wife", true},
		"What's the harbour's name?":          {Thing, Anything, "name", true},
		"What city is Lind from?":             {Thing, Place, "city", false},
		"What year was the harbour finished?": {Thing, Time, "year", false},
		"How many ships sank?":                {Amount, Amount, "ships", false},
		"Who built it?":                       {Person, Person, "", false},
	} {
		q := x.analyse(corpus.Question{Text: question})
		if q.Kind != want.kind || q.Wants != want.wants || q.focusText != want.focus || q.described != want.described {
			t.Errorf("%q: %v, wants %v, asks for %q, described %v; want %v", question, q.Kind, q.Wants, q.focusText, q.described, want)
		}
	}
}
