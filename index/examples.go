package index

import (
	"context"
	"slices"
	"strings"

	"verbatim/corpus"
)

const (
	// exampleCount is how many questions people are shown to start with.
	exampleCount = 3
	// tried is how many names are asked about to find them.
	tried = 24
)

// ExamplesOf are questions that certain of the stories really answer, as [Index.Examples] are of all.
func (x *Index) ExamplesOf(stories ...corpus.StoryID) []corpus.Question {
	return x.answeredBy(func(id corpus.StoryID) bool { return slices.Contains(stories, id) }, x.namesIn(stories))
}

func (x *Index) findExamples() []corpus.Question {
	names := make([]name, min(tried, len(x.texts.named)))
	for i := range names {
		names[i] = x.texts.name(i)
	}
	return x.answeredBy(func(corpus.StoryID) bool { return true }, names)
}

// namesIn are the names used most of those that stand in certain stories.
func (x *Index) namesIn(stories []corpus.StoryID) (names []name) {
	done, open := x.life.begin()
	if !open {
		return nil
	}
	defer done()
	for _, id := range stories {
		number, found := x.texts.storyNumber(id)
		if !found {
			continue
		}
		text, tries := x.texts.story(number).Text, 0
		for i := 0; i < len(x.texts.named) && tries < tried; i++ {
			if n := x.texts.name(i); strings.Contains(text, n.text) {
				n.text, n.folded = strings.Clone(n.text), ""
				names = append(names, n)
				tries++
			}
		}
	}
	return names
}

// answeredBy are up to three questions about names, who they are and then what, that stories
// which are wanted answer.
func (x *Index) answeredBy(wanted func(corpus.StoryID) bool, names []name) (found []corpus.Question) {
	type place struct {
		story corpus.StoryID
		at    corpus.Span
	}
	shown := map[place]bool{}
	for _, command := range []corpus.Command{corpus.Who, corpus.What} {
		for _, n := range names {
			if len(found) == exampleCount {
				return found
			}
			if n.person != (command == corpus.Who) {
				continue
			}
			q := corpus.Question{Command: command, Text: strings.Clone(n.text)}
			a, err := x.Answer(context.Background(), q)
			if err != nil || a.Outcome != corpus.Answered {
				continue
			}
			at := place{a.Quotes[0].Story().ID, a.Quotes[0].PassageSpan()}
			if shown[at] || !wanted(at.story) {
				continue
			}
			shown[at] = true
			found = append(found, q)
		}
	}
	return found
}
