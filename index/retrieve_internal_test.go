package index

import (
	"context"
	"math"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/corpus/reader"
)

// Reading a passage must give the score that the postings give.
func TestRescore_agrees_with_the_postings(t *testing.T) {
	t.Parallel()
	x, err := New([]*corpus.Story{reader.BuiltIn()})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, question := range []string{"Who is Alexandr Wang?", "How much did Meta invest in the start-up that Wang founded?", "When did the company race to buy an AI platform?", "the gathering"} {
		clauses := x.clauses(x.texts.analyse(corpus.Question{Text: question}))
		found, err := x.retrieve(context.Background(), clauses, -1, candidates)
		if err != nil || len(found) == 0 {
			t.Fatal(err, len(found))
		}
		read, err := x.retrieve(context.Background(), clauses, 0, candidates)
		if err != nil || len(read) != len(found) {
			t.Fatalf("%q: %d read, %d found: %v", question, len(read), len(found), err)
		}
		for i := range read {
			if d := math.Abs(float64(read[i].Score/found[i].Score - 1)); read[i].Passage != found[i].Passage || d > 1e-4 {
				t.Errorf("%q: read %v, found %v", question, read[i], found[i])
			}
		}
	}
}

// Where a question has more postings than are gone through, the passages that hold its rare words
// are found all the same, in whatever window they are, and ordered by all its words.
func TestRetrieve_orders_what_is_rare_by_what_is_frequent(t *testing.T) {
	t.Parallel()
	const passages = max(mostPostings, window) + 2*batchSize
	s := &corpus.Story{ID: "s", Title: "Log", Sections: []corpus.Section{{Passages: corpus.Span{End: passages}}}}
	var text strings.Builder
	for i := range passages {
		from := text.Len()
		switch i {
		case 7:
			text.WriteString("gannets sailed there today")
		case passages - 7:
			text.WriteString("gannets harbour there today")
		default:
			text.WriteString("harbour harbour there today")
		}
		at := corpus.Span{Start: from, End: text.Len()}
		s.Passages = append(s.Passages, corpus.Passage{Span: at, Sentences: []corpus.Sentence{{Span: at}}})
	}
	s.Text = text.String()
	x, err := New([]*corpus.Story{s})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	term := func(stem string) clause {
		id, _ := x.texts.vocabulary.findTerm(stem)
		return clause{fieldText, id, stem, 1}
	}
	found, err := x.retrieve(context.Background(), []clause{term("harbour"), term("gannet")}, -1, 3)
	if err != nil || len(found) != 2 || found[0].Passage != passages-7 || found[1].Passage != 7 {
		t.Errorf("%v, %v", found, err)
	}
	found, err = x.retrieve(context.Background(), []clause{term("gannet")}, -1, 3)
	if err != nil || len(found) != 2 || found[0].Passage != 7 || found[1].Passage != passages-7 {
		t.Errorf("by one word: %v, %v", found, err)
	}
}
