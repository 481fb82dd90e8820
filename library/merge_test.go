package library

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
)

// said is an answer that quotes passages of a story by their numbers.
func said(t *testing.T, o corpus.Outcome, confidence float64, reason string, s *corpus.Story, passages ...int) corpus.Answer {
	t.Helper()
	a := corpus.Answer{Outcome: o, Confidence: confidence, Reason: reason, Suggestion: reason + "?"}
	for _, p := range passages {
		q, ok := corpus.NewQuote(s, p, 0)
		if !ok {
			t.Fatal("no such passage")
		}
		a.Quotes = append(a.Quotes, q)
	}
	return a
}

func TestMerge(t *testing.T) {
	t.Parallel()
	story := func(text string) *corpus.Story {
		var blocks []corpus.Block
		for i := range len(text) {
			blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: i, End: i + 1}})
		}
		s, err := corpus.NewStory(corpus.Meta{Title: text}, text, blocks)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	o, c := story("own"), story("com")
	tests := map[string]struct {
		own, common corpus.Answer
		outcome     corpus.Outcome
		quotes      string
		reason      string
		suggestion  string
	}{
		"an answer wins over a closest passage, whatever the confidence": {
			said(t, corpus.Closest, .9, "own", o, 0, 1, 2), said(t, corpus.Answered, .6, "", c, 0, 1, 2), corpus.Answered, "coo", "", "?",
		},
		"of two answers the surer one comes first, and the other's best second": {
			said(t, corpus.Answered, .7, "", o, 0, 1, 2), said(t, corpus.Answered, .8, "", c, 0, 1, 2), corpus.Answered, "coo", "", "?",
		},
		"of equals the library's comes first": {
			said(t, corpus.Answered, .8, "", o, 0, 1), said(t, corpus.Answered, .8, "", c, 0, 1), corpus.Answered, "oc", "", "?",
		},
		"what a silent story has comes last": {
			said(t, corpus.Answered, .8, "", o, 0, 1), said(t, corpus.Silence, .1, "com", c, 0, 1, 2), corpus.Answered, "owc", "", "?",
		},
		"of two silences the surer one is said": {
			said(t, corpus.Silence, .1, "own", o, 0), said(t, corpus.Silence, .2, "com", c, 0), corpus.Silence, "c", "com", "com?",
		},
		"the same reason is one": {
			said(t, corpus.Silence, .1, "x", o), said(t, corpus.Silence, .1, "x", c), corpus.Silence, "", "x", "x?",
		},
		"the same passage is quoted once": {
			said(t, corpus.Answered, .8, "", o, 0, 1), said(t, corpus.Answered, .7, "", o, 0, 2), corpus.Answered, "ow", "", "?",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := merge(test.own, test.common)
			quotes := ""
			for _, q := range got.Quotes {
				quotes += q.Text()
			}
			if diff := cmp.Diff([]string{string(test.outcome), test.quotes, test.reason, test.suggestion}, []string{string(got.Outcome), quotes, got.Reason, got.Suggestion}); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
