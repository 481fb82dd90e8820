package index

import (
	"context"
	"strings"

	"verbatim/corpus"
)

const (
	// exampleCount is how many questions people are shown to start with.
	exampleCount = 3
	// tried is how many names are asked about to find them.
	tried = 24
)

func (x *Index) findExamples() (found []corpus.Question) {
	shown := map[corpus.Span]bool{}
	for _, command := range []corpus.Command{corpus.Who, corpus.What} {
		for i := range min(tried, len(x.texts.named)) {
			n := x.texts.name(i)
			if len(found) == exampleCount {
				return found
			}
			if n.person != (command == corpus.Who) {
				continue
			}
			q := corpus.Question{Command: command, Text: strings.Clone(n.text)}
			a, err := x.Answer(context.Background(), q)
			if err != nil || a.Outcome != corpus.Answered || shown[a.Quotes[0].PassageSpan()] {
				continue
			}
			shown[a.Quotes[0].PassageSpan()] = true
			found = append(found, q)
		}
	}
	return found
}
