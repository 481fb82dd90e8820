package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"verbatim/corpus"
)

func endedContext(t *testing.T, s *stores) {
	ended, end := context.WithCancel(t.Context())
	end()
	e := corpus.Edit{Library: home, Revision: 5, Add: []corpus.Stored{story(t, "A", "One.", noon)}}
	if err := s.Edit(ended, e); !errors.Is(err, context.Canceled) {
		t.Errorf("Edit: %v", err)
	}
	s.holds(t, home, 0)
}

func storiesComeBack(t *testing.T, s *stores) {
	text := "Über\n\nEs war 7 Uhr. \u00a0“Nun?” 🌊 \x00 end.\r\n- a | b\nSecond\n\n" + strings.Repeat("A long passage. ", 20_000)
	at := func(part string) corpus.Span {
		start := strings.Index(text, part)
		return corpus.Span{Start: start, End: start + len(part)}
	}
	made, err := corpus.NewStory(corpus.Meta{Source: "über.md"}, text, []corpus.Block{
		{Span: at("Über"), Level: 1}, {Span: at("Es war 7 Uhr. \u00a0“Nun?” 🌊 \x00 end.")}, {Span: at("- a | b")},
		{Span: at("Second"), Level: 2}, {Span: at(strings.Repeat("A long passage. ", 20_000))},
	})
	must(t, err)
	stored := corpus.Stored{Story: made, Added: noon, AddedBy: "7"}
	s.edit(t, corpus.Edit{Library: home, Revision: 1, Add: []corpus.Stored{stored}})
	s.holds(t, home, 1, stored)
}
