package index

import (
	"container/list"
	"strings"
	"sync"

	"verbatim/corpus"
)

// shelf keeps the stories that were quoted last as Go values, those of all indexes together. They are
// copied out of the indexes, so that what is quoted outlives them.
type shelf struct {
	most int // bytes of text, if they are of more than one story

	lock   sync.Mutex
	size   int
	places map[shelved]*list.Element
	last   *list.List // of *quotable, the last quoted first
}

// shelved is a story by the index that has it and its number there.
type shelved struct {
	texts  *texts
	number int
}

type quotable struct {
	shelved
	*corpus.Story
}

func newShelf(most int) *shelf {
	return &shelf{most: most, places: map[shelved]*list.Element{}, last: list.New()}
}

// shelfSize is how many bytes of text are kept. What else is known of a story takes half as much
// again.
const shelfSize = 4 << 20

// quotedLast is one for the whole process: its memory is what is bounded.
var quotedLast = newShelf(shelfSize)

// story is a story by its number.
func (t *texts) story(number int) *corpus.Story {
	at := shelved{t, number}
	if s := quotedLast.find(at); s != nil {
		return s
	}
	return quotedLast.keep(at, t.readStory(number))
}

func (s *shelf) find(at shelved) *corpus.Story {
	s.lock.Lock()
	defer s.lock.Unlock()
	e := s.places[at]
	if e == nil {
		return nil
	}
	s.last.MoveToFront(e)
	return e.Value.(*quotable).Story
}

// keep keeps a story, unless it is kept already; what was quoted least recently goes.
func (s *shelf) keep(at shelved, story *corpus.Story) *corpus.Story {
	s.lock.Lock()
	defer s.lock.Unlock()
	if e := s.places[at]; e != nil {
		return e.Value.(*quotable).Story
	}
	s.places[at] = s.last.PushFront(&quotable{at, story})
	for s.size += len(story.Text); s.size > s.most && s.last.Len() > 1; {
		s.remove(s.last.Back())
	}
	return story
}

func (s *shelf) remove(e *list.Element) {
	q := s.last.Remove(e).(*quotable)
	delete(s.places, q.shelved)
	s.size -= len(q.Text)
}

// forget lets go of the stories of an index that is closed.
func (s *shelf) forget(t *texts) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for at, e := range s.places {
		if at.texts == t {
			s.remove(e)
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
