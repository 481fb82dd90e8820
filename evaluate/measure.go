package evaluate

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/corpus"
)

// Options choose what is measured. The zero value measures all.
type Options struct {
	// Progress is called after each question, with how many were asked and will be.
	Progress func(done, all int)
	// Kind names a question's kind, for figures by kind; nil for none.
	Kind func(question string) string
}

// Measure asks a system all questions of a set: each of its own story, and if it is answerable
// of the next story, which does not speak of it, and of all stories together, and once more with
// a typing error.
func Measure(ctx context.Context, set *Set, system System, o Options) (*Figures, error) {
	m := &measurement{set: set, system: system, o: o, Figures: &Figures{Set: set.Name, ByKind: map[string]Share{}}, single: make([]Asker, len(set.Stories))}
	defer m.close()
	for i := range set.Questions {
		if err := m.question(ctx, &set.Questions[i]); err != nil {
			return nil, err
		}
		if o.Progress != nil {
			o.Progress(i+1, len(set.Questions))
		}
	}
	m.AUROC = auroc(m.Confidences.Answerable, m.Confidences.Hostile)
	m.Calibration, m.CalibrationError = m.Confidences.Calibration()
	m.P50, m.P99 = quantile(m.took, .5), quantile(m.took, .99)
	return m.Figures, nil
}

type measurement struct {
	*Figures
	set    *Set
	system System
	o      Options
	single []Asker // by story
	all    map[int]Asker

	took []time.Duration
}

func (m *measurement) close() {
	for _, a := range m.single {
		if a != nil {
			a.Close()
		}
	}
	for _, a := range m.all {
		a.Close()
	}
}

// asker is the system over one story, answering by what was learned without a fold.
func (m *measurement) asker(story int) (Asker, error) {
	if m.single[story] == nil {
		a, err := m.system(m.set.Stories[story:story+1], story)
		if err != nil {
			return nil, err
		}
		m.single[story] = a
	}
	return m.single[story], nil
}

// library is the system over all stories of the set.
func (m *measurement) library(fold int) (Asker, error) {
	if m.all[fold] == nil {
		a, err := m.system(m.set.Stories, fold)
		if err != nil {
			return nil, err
		}
		if m.all == nil {
			m.all = map[int]Asker{}
		}
		m.all[fold] = a
	}
	return m.all[fold], nil
}

func (m *measurement) question(ctx context.Context, q *Question) error {
	own, err := m.asker(q.Story)
	if err != nil {
		return err
	}
	start := time.Now()
	a, err := own.Answer(ctx, corpus.Question{Text: q.Text, Limit: 3})
	if err != nil {
		return err
	}
	m.took = append(m.took, time.Since(start))
	if !q.Answerable() {
		m.NearRefused.Count(a.Outcome != corpus.Answered)
		m.Confidences.Hostile = append(m.Confidences.Hostile, a.Confidence)
		return nil
	}
	m.Confidences.Answerable = append(m.Confidences.Answerable, a.Confidence)
	m.ownStory(q, &a)
	if err := m.typingError(ctx, q, own); err != nil || m.set.Sentences {
		return err
	}
	return m.otherStories(ctx, q)
}

// ownStory counts an answer from the story that has it.
func (m *measurement) ownStory(q *Question, a *corpus.Answer) {
	hit := len(a.Quotes) > 0 && m.set.hits(q, a.Quotes[0])
	m.Top1.Count(hit)
	m.PassageTop1.Count(slices.ContainsFunc(a.Quotes[:min(1, len(a.Quotes))], func(x corpus.Quote) bool { return inPassage(q, x) }))
	m.PassageTop3.Count(slices.ContainsFunc(a.Quotes[:min(3, len(a.Quotes))], func(x corpus.Quote) bool { return inPassage(q, x) }))
	m.Answered.Count(a.Outcome == corpus.Answered)
	m.Kept.Count(a.Outcome != corpus.Silence)
	if m.o.Kind != nil {
		kind := m.o.Kind(q.Text)
		s := m.ByKind[kind]
		s.Count(hit)
		m.ByKind[kind] = s
	}
}

// typingError asks the question again with its longest word misspelt.
func (m *measurement) typingError(ctx context.Context, q *Question, own Asker) error {
	a, err := own.Answer(ctx, corpus.Question{Text: misspell(q.Text), Limit: 3})
	if err != nil {
		return err
	}
	m.Typo.Count(len(a.Quotes) > 0 && m.set.hits(q, a.Quotes[0]))
	return nil
}

// otherStories asks the next story, which is to be silent, and the whole library.
func (m *measurement) otherStories(ctx context.Context, q *Question) error {
	if len(m.set.Stories) < 2 {
		return nil
	}
	next, err := m.asker((q.Story + 1) % len(m.set.Stories))
	if err != nil {
		return err
	}
	a, err := next.Answer(ctx, corpus.Question{Text: q.Text})
	if err != nil {
		return err
	}
	m.OffRefused.Count(a.Outcome == corpus.Silence)
	m.Confidences.OffTopic = append(m.Confidences.OffTopic, a.Confidence)
	all, err := m.library(q.Story)
	if err != nil {
		return err
	}
	if a, err = all.Answer(ctx, corpus.Question{Text: q.Text, Limit: 3}); err != nil {
		return err
	}
	m.AllTop1.Count(len(a.Quotes) > 0 && a.Quotes[0].Story().ID == m.set.Stories[q.Story].ID && m.set.hits(q, a.Quotes[0]))
	return nil
}

// hits reports whether the quote's sentence covers a gold answer.
func (s *Set) hits(q *Question, quote corpus.Quote) bool {
	place := quote.SentenceSpan()
	if s.Sentences {
		place = quote.PassageSpan()
	}
	return slices.ContainsFunc(q.Gold, place.Contains)
}

func inPassage(q *Question, quote corpus.Quote) bool {
	return slices.ContainsFunc(q.Gold, quote.PassageSpan().Contains)
}

// misspell swaps two letters in the middle of the longest word, the first of equals.
func misspell(question string) string {
	words := strings.Fields(question)
	longest := 0
	for i, w := range words {
		if utf8.RuneCountInString(w) > utf8.RuneCountInString(words[longest]) {
			longest = i
		}
	}
	if len(words) == 0 {
		return question
	}
	r := []rune(words[longest])
	if len(r) < 4 {
		return question
	}
	i := len(r) / 2
	r[i-1], r[i] = r[i], r[i-1]
	words[longest] = string(r)
	return strings.Join(words, " ")
}
