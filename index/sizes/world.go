package main

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/english"
)

// world makes stories and questions about them, the same ones whenever it is asked.
type world struct {
	passages int
	words    []string
	drawing  []uint32 // words by number, each as often as it is frequent in English
	topical  []string // words that tell what a story is about
	names    []string // the most frequent first
}

const (
	drawn          = 1 << 21 // how many words are drawn from
	manyNames      = 200_000
	passagesAStory = 100
)

func newWorld(passages int) *world {
	w := &world{passages: passages}
	total := 0.0
	for _, rarity := range english.Words() {
		total += math.Exp(-rarity)
	}
	for word, rarity := range english.Words() {
		for range int(math.Ceil(drawn * math.Exp(-rarity) / total)) {
			w.drawing = append(w.drawing, uint32(len(w.words)))
		}
		w.words = append(w.words, word)
		if rarity > 5 && len(word) > 3 {
			w.topical = append(w.topical, word)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range manyNames {
		w.names = append(w.names, madeName(r))
	}
	return w
}

// madeName is a name that nobody has.
func madeName(r *rand.Rand) string {
	const consonants, vowels = "bcdfghjklmnprstvwz", "aeiou"
	var b strings.Builder
	for range 2 + r.IntN(3) {
		b.WriteByte(consonants[r.IntN(len(consonants))])
		b.WriteByte(vowels[r.IntN(len(vowels))])
		if r.IntN(3) == 0 {
			b.WriteByte(consonants[r.IntN(len(consonants))])
		}
	}
	return capitalised(b.String())
}

func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// stories makes all stories, one after the other.
func (w *world) stories() iter.Seq2[*corpus.Story, error] {
	return func(yield func(*corpus.Story, error) bool) {
		for i := 0; i*passagesAStory < w.passages; i++ {
			if !yield(w.story(i), nil) {
				return
			}
		}
	}
}

// story makes the i-th story.
func (w *world) story(i int) *corpus.Story {
	m := &maker{world: w, r: rand.New(rand.NewPCG(3, uint64(i)))}
	m.text.Grow(passagesAStory << 9)
	for range 40 {
		m.topic = append(m.topic, w.topical[m.r.IntN(len(w.topical))])
	}
	for range 8 {
		m.named = append(m.named, m.name())
	}
	s := &corpus.Story{ID: corpus.StoryID(fmt.Sprintf("s%07d", i)), Title: capitalised(m.topic[0]) + " and " + m.named[0], Source: "made"}
	for p := range min(passagesAStory, w.passages-i*passagesAStory) {
		if p%12 == 0 {
			s.Sections = append(s.Sections, corpus.Section{Title: capitalised(m.pick(m.topic)) + " of " + m.pick(m.named), Level: 1, Passages: corpus.Span{Start: p, End: p}})
		}
		section := len(s.Sections) - 1
		s.Sections[section].Passages.End++
		s.Passages = append(s.Passages, m.passage(section))
	}
	s.Text = m.text.String()
	return s
}

// maker writes one story.
type maker struct {
	*world
	r            *rand.Rand
	topic, named []string
	text         strings.Builder
}

func (m *maker) pick(from []string) string { return from[m.r.IntN(len(from))] }

// name draws a name by Zipf's law.
func (m *maker) name() string {
	return m.names[int(math.Exp(m.r.Float64()*math.Log(float64(len(m.names)))))-1]
}

// passage writes three to six sentences.
func (m *maker) passage(section int) corpus.Passage {
	p := corpus.Passage{Section: section, Span: corpus.Span{Start: m.text.Len()}}
	for i := range 3 + m.r.IntN(4) {
		if i > 0 {
			m.text.WriteByte(' ')
		}
		start := m.text.Len()
		m.sentence()
		p.Sentences = append(p.Sentences, corpus.Sentence{Span: corpus.Span{Start: start, End: m.text.Len()}})
	}
	p.End = m.text.Len()
	m.text.WriteString("\n\n")
	return p
}

// sentence writes eight to 24 words.
func (m *maker) sentence() {
	for i := range 8 + m.r.IntN(17) {
		word := m.word()
		if i == 0 {
			word = capitalised(word)
		} else {
			m.text.WriteByte(' ')
		}
		m.text.WriteString(word)
	}
	m.text.WriteByte('.')
}

func (m *maker) word() string {
	switch k := m.r.IntN(100); {
	case k < 12:
		return m.pick(m.topic)
	case k < 16:
		return m.pick(m.named)
	case k < 18:
		return m.name()
	case k < 19:
		return strconv.Itoa(m.r.IntN(3000))
	}
	return m.words[m.drawing[m.r.IntN(len(m.drawing))]]
}

// questions asks about sentences of the stories: of ten one has a typing error, one asks for
// something that no story has.
func (w *world) questions(n int) []string {
	r := rand.New(rand.NewPCG(5, 6))
	stories := (w.passages + passagesAStory - 1) / passagesAStory
	out := make([]string, n)
	for i := range out {
		s := w.story(r.IntN(stories))
		p := s.Passages[r.IntN(len(s.Passages))]
		sentence := p.Sentences[r.IntN(len(p.Sentences))]
		out[i] = w.question(r, s.Text[sentence.Start:sentence.End], i%10)
	}
	return out
}

var openings = []string{"Who", "What", "When", "Where did", "Why did", "How many", "How did", "Which"}

// question asks with the name and some of the less frequent words of a sentence.
func (w *world) question(r *rand.Rand, sentence string, kind int) string {
	parts := []string{openings[r.IntN(len(openings))]}
	for _, word := range strings.Fields(strings.TrimSuffix(sentence, ".")) {
		if rarity := english.Rarity(strings.ToLower(word)); rarity > 4 && len(parts) < 8 || rarity > 2 && r.IntN(3) == 0 {
			parts = append(parts, word)
		}
	}
	last := parts[len(parts)-1]
	switch {
	case kind == 8 && len(last) > 4:
		parts[len(parts)-1] = last[:2] + last[3:]
	case kind == 9:
		parts[len(parts)-1] = madeName(r) + "son"
	}
	return strings.Join(parts, " ") + "?"
}
