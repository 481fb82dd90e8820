package index

import (
	_ "embed" // for weights.json
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"verbatim/corpus"
)

// Model is the linear model that orders sentences and judges support: a weight for each
// feature, what each kind of question adds to some of these, and what is added to all where
// the stories are lists of sentences. It is fitted by the command "verbatim train".
type Model struct {
	Weights Features
	ByKind  [numKinds]Features
	Lines   Features
	Support Support
}

// Form is what the weights depend on.
type Form struct {
	Kind  Kind // of the question
	Lines bool // most candidates are passages of a single sentence, in lists, transcripts and the like
}

//go:embed weights.json
var weightsJSON []byte

// builtIn is the model that is part of the program.
var builtIn = sync.OnceValues(func() (*Model, error) {
	m := &Model{}
	if err := json.Unmarshal(weightsJSON, m); err != nil {
		return nil, fmt.Errorf("index: weights.json: %w", err)
	}
	return m, nil
})

// weights are those for a form.
func (m *Model) weights(form Form) (w Features) {
	for i := range w {
		w[i] = m.Weights[i] + m.ByKind[form.Kind][i]
		if form.Lines {
			w[i] += m.Lines[i]
		}
	}
	return w
}

// Score is what the features of a candidate are worth.
func (m *Model) Score(form Form, f *Features) float32 {
	w := m.weights(form)
	return w.dot(f)
}

func (f *Features) dot(other *Features) (sum float32) {
	for i, x := range f {
		sum += x * other[i]
	}
	return sum
}

// score orders the candidates considered, best first.
func (s *scorer) score(order []int) {
	w := s.model.weights(s.form(order))
	for _, i := range order {
		c := &s.candidates[i]
		c.score = w.dot(&c.features)
	}
	slices.SortStableFunc(order, func(a, b int) int { return descending(s.candidates[a].score, s.candidates[b].score) })
}

func (s *scorer) form(order []int) Form {
	lines := 0
	for _, i := range order {
		lines += count(s.isRun(&s.scratch.passages[s.candidates[i].view]))
	}
	return Form{s.q.Kind, 2*lines > len(order)}
}

// bestOfPassages keeps the best sentence of each passage, at most so many.
func (s *scorer) bestOfPassages(order []int, most int) (best []int) {
	for _, i := range order {
		if len(best) == most {
			break
		}
		if !slices.ContainsFunc(best, func(j int) bool { return s.candidates[j].passage == s.candidates[i].passage }) {
			best = append(best, i)
		}
	}
	return best
}

// quote makes a quote of a candidate.
func (s *scorer) quote(i int) (corpus.Quote, error) {
	c := &s.candidates[i]
	passage := c.passage
	entry := s.texts.passages[passage]
	story := s.story(int(entry.story))
	number := passage - int(s.stories[entry.story].passage)
	q, ok := corpus.NewQuote(story, number, c.sentence-int(entry.sentence))
	if !ok {
		return q, fmt.Errorf("index: passage %d of %q has no sentence %d", number, story.Title, c.sentence-int(entry.sentence))
	}
	q.Score = float64(c.score)
	return q, nil
}

// MarshalJSON writes the weights under the names of their features; zeros are left out.
func (f Features) MarshalJSON() ([]byte, error) {
	return marshalNamed(f[:], featureNames[:])
}

// UnmarshalJSON reads weights by name. A name that is no feature is an error.
func (f *Features) UnmarshalJSON(raw []byte) error {
	return unmarshalNamed(raw, f[:], featureNames[:])
}
