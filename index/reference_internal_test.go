package index

import (
	"math"
	"strings"
	"testing"

	"verbatim/corpus"
)

// A pronoun stands for the name before it, unless that is farther away than the index can say.
func TestReferentOf(t *testing.T) {
	t.Parallel()
	for calm, want := range map[int]string{1: "mary lind", math.MaxUint16: ""} {
		s := &corpus.Story{Sections: []corpus.Section{{Passages: corpus.Span{End: 1}}}, Passages: make([]corpus.Passage, 1)}
		for _, sentence := range []string{"Then Mary Lind came.", strings.Repeat("calm ", calm) + ".", "She left."} {
			at := corpus.Span{Start: len(s.Text), End: len(s.Text) + len(sentence)}
			s.Text += sentence
			s.Passages[0].Sentences = append(s.Passages[0].Sentences, corpus.Sentence{Span: at})
		}
		texts, err := readAll([]*corpus.Story{s}, unindexed{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, id := range texts.referentOf(2) {
			got = append(got, texts.vocabulary.text(id))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("with %d words between: %q, want %q", calm, got, want)
		}
	}
}
