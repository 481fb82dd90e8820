package train

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/evaluate"
	"verbatim/index"
)

// separable are questions whose answer always has more of one feature and less of another.
func separable() (cases []Case) {
	for i := range 40 {
		c := Case{Fold: i % Folds, Form: index.Form{Kind: index.Kind(i % 3)}}
		for j := range 5 {
			var f index.Features
			f[index.Coverage], f[index.LastTerm], f[index.BM25] = float32((i*j)%7)/10, float32(j), float32((i+j)%3)
			gold := j == i%5
			if gold {
				f[index.Coverage], f[index.LastTerm] = 1, 0
			}
			c.Candidates, c.Gold = append(c.Candidates, f), append(c.Gold, gold)
		}
		cases = append(cases, c)
	}
	return cases
}

func TestFit_learns_what_tells_answers(t *testing.T) {
	t.Parallel()
	m := Fit(separable(), Defaults)
	if m.Weights[index.Coverage] <= 0 || m.Weights[index.LastTerm] >= 0 {
		t.Errorf("coverage weighs %v, length %v", m.Weights[index.Coverage], m.Weights[index.LastTerm])
	}
	if m.Weights[index.Phrases] != 0 {
		t.Errorf("a feature that never varies weighs %v", m.Weights[index.Phrases])
	}
}

func TestFit_learns_what_differs_in_lists(t *testing.T) {
	t.Parallel()
	cases := separable()
	for _, c := range separable() {
		c.Form.Lines = true
		for i := range c.Candidates {
			c.Candidates[i][index.LastTerm] = 4 - c.Candidates[i][index.LastTerm]
		}
		cases = append(cases, c)
	}
	m := Fit(cases, Defaults)
	if m.Weights[index.LastTerm] >= 0 || m.Lines[index.LastTerm] <= 0 {
		t.Errorf("the last term weighs %v, in lists %v more", m.Weights[index.LastTerm], m.Lines[index.LastTerm])
	}
}

func TestFit_is_deterministic(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(Fit(separable(), Defaults), Fit(separable(), Defaults)); diff != "" {
		t.Error(diff)
	}
}

func TestFitSupport_tells_yes_from_no(t *testing.T) {
	t.Parallel()
	var examples []Example
	for i := range 60 {
		var s index.Signals
		s[index.SignalBias], s[index.SignalCoverage], s[index.SignalShort] = 1, float32(i%10)/10, float32(i%3)
		examples = append(examples, Example{s, i%10 >= 5})
	}
	w := FitSupport(examples, .1)
	for _, e := range examples {
		if p := w.Probability(&e.Signals); p > .5 != e.Yes {
			t.Errorf("coverage %v: probability %v, want yes %v", e.Signals[index.SignalCoverage], p, e.Yes)
		}
	}
}

func TestMaker_asks_only_what_a_story_has_no_word_for(t *testing.T) {
	t.Parallel()
	text := "Mara Lind and her husband Tomas Berg were born in Bergen. Mara Lind paid her employees a salary."
	s, err := corpus.NewStory(corpus.Meta{Title: "Harbour"}, text, []corpus.Block{{Span: corpus.Span{End: len(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.New([]*corpus.Story{s})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	m := newMaker(s, x)
	for i, r := range relations {
		q, ok := m.relation(i)
		known := map[string]bool{"husband": true, "born": true, "employee": true, "salary": true}[r.word]
		if ok == known {
			t.Errorf("%q is asked: %v (%s)", r.word, ok, q)
		}
	}
	if q, ok := m.renamed("When did Queen Anne's War end?"); !ok || q == "When did Queen Anne's War end?" {
		t.Errorf("renamed: %q, %v", q, ok)
	}
	if q, ok := m.renamed("when did it end?"); ok {
		t.Errorf("a question without a name was renamed: %q", q)
	}
}

func TestTrain_fits_a_model_that_answers(t *testing.T) {
	t.Parallel()
	set, err := evaluate.Read("../evaluate/testdata/harbour.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Train(context.Background(), []*evaluate.Set{set}, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	f, err := evaluate.Measure(context.Background(), set, r.System, evaluate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Top1.Hits < 3 {
		t.Errorf("top-1 is %v", f.Top1)
	}
}
