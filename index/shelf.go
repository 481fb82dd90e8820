package index

import (
	"slices"
	"strings"
	"sync"

	"verbatim/corpus"
)

// shelf keeps the stories that were quoted last as Go values, the last first. They are copied out
// of the index, so that what is quoted outlives it.
type shelf struct {
	lock    sync.Mutex
	stories []shelved
}

type shelved struct {
	number int
	*corpus.Story
}

// shelfSize is how many bytes of text are kept at most, if they are of more than one story.
const shelfSize = 4 << 20

// story is a story by its number.
func (t *texts) story(number int) *corpus.Story {
	s := &t.shelf
	s.lock.Lock()
	defer s.lock.Unlock()
	i := slices.IndexFunc(s.stories, func(k shelved) bool { return k.number == number })
	if i < 0 {
		i = len(s.stories)
		s.stories = append(s.stories, shelved{number, t.readStory(number)})
	}
	found := s.stories[i]
	copy(s.stories[1:i+1], s.stories[:i])
	s.stories[0] = found
	s.trim()
	return found.Story
}

func (s *shelf) trim() {
	size := 0
	for i, k := range s.stories {
		if size += len(k.Text); size > shelfSize && i > 0 {
			clear(s.stories[i:])
			s.stories = s.stories[:i]
			return
		}
	}
}

// readStory makes a story of what the index has of it.
func (t *texts) readStory(number int) *corpus.Story {
	from, to := &t.stories[number], &t.stories[number+1]
	clone := func(l label) string { return strings.Clone(t.label(l)) }
	text := t.text[from.text:to.text]
	s := &corpus.Story{ID: corpus.StoryID(clone(from.id)), Title: clone(from.called), Author: clone(from.author), Source: clone(from.source),
		Text: string(text)}
	t.mapped.forgetPart(text) // half of what is kept is texts, and they are only copied
	for i := from.section; i < to.section; i++ {
		e, next := &t.sections[i], &t.sections[i+1]
		s.Sections = append(s.Sections, corpus.Section{Title: clone(e.title), Level: int(e.level), Heading: span(e.heading, e.headEnd),
			Passages: span(e.passage-from.passage, next.passage-from.passage)})
	}
	first := t.passages[from.passage].sentence
	sentences := make([]corpus.Sentence, t.passages[to.passage].sentence-first)
	for i := range sentences {
		e := &t.sentences[int(first)+i]
		sentences[i] = corpus.Sentence{Span: span(e.start, e.end)}
	}
	s.Passages = make([]corpus.Passage, to.passage-from.passage)
	for i := range s.Passages {
		e, next := &t.passages[int(from.passage)+i], &t.passages[int(from.passage)+i+1]
		s.Passages[i] = corpus.Passage{Span: span(e.start, e.end), Section: int(e.section - from.section),
			Sentences: sentences[e.sentence-first : next.sentence-first : next.sentence-first]}
	}
	return s
}

func span(from, to uint32) corpus.Span { return corpus.Span{Start: int(from), End: int(to)} }

// entry lists a story without reading it.
func (t *texts) entry(number int) corpus.Entry {
	from, to := &t.stories[number], &t.stories[number+1]
	clone := func(l label) string { return strings.Clone(t.label(l)) }
	e := corpus.Entry{ID: corpus.StoryID(clone(from.id)), Title: clone(from.called), Author: clone(from.author), Source: clone(from.source),
		Passages: int(to.passage - from.passage), Bytes: int(to.text - from.text)}
	for _, s := range t.sections[from.section:to.section] {
		if s.title.from < s.title.to {
			e.Sections++
		}
	}
	return e
}
