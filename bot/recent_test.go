package bot

import (
	"runtime"
	"testing"
	"weak"

	"verbatim/corpus"
)

func TestRecent_keeps_no_story(t *testing.T) {
	t.Parallel()
	b := facing(t, nil)
	who := request{asker: asker{"1", "2"}}
	story := harbour(t)
	b.remember(who, corpus.Answer{Outcome: corpus.Answered, Read: "/who Mara Lind", Quotes: []corpus.Quote{quoteOf(story, 0, 1)}})
	if got := b.recent.last(who.asker); got == nil || *got != (corpus.Before{Question: "/who Mara Lind", Answer: corpus.Place{Story: story.ID, Sentence: 1}}) {
		t.Errorf("remembered is %+v", got)
	}
	kept := weak.Make(story)
	story = nil
	runtime.GC()
	if kept.Value() != nil {
		t.Error("each of thousands of people would keep a copy of a story in memory")
	}
	runtime.KeepAlive(b)
}
