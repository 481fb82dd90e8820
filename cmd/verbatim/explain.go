package main

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"verbatim/index"
)

// exchange shows an answer, under its question where that was not on the command line.
func (p printer) exchange(e exchange) error {
	if !e.single {
		p.asked(e.typed)
	}
	p.answer(e.answer)
	if !e.single {
		p.line("")
	}
	return p.flush()
}

// explained shows an answer and then, for each quote and the runner-up, what made up its
// score.
func (p printer) explained(e exchange) error {
	if err := p.exchange(e); err != nil {
		return err
	}
	p.line("")
	p.say(fmt.Sprintf("Outcome: %s, with confidence %.2f.", e.answer.Outcome, e.answer.Confidence))
	for i, part := range e.parts {
		p.explanation(part, i, i >= p.limit)
	}
	return p.flush()
}

// explanation shows the features of one quote, the heaviest first.
func (p printer) explanation(e index.Explanation, place int, runnerUp bool) {
	name := fmt.Sprintf("Quote %d", place+1)
	if runnerUp {
		name = "Runner-up"
	}
	p.line("")
	p.say(fmt.Sprintf("%s: passage %d, score %.3f", name, e.Quote.Passage()+1, e.Score))
	p.aside(e.Quote.SentenceText())
	wide := len("feature")
	for _, part := range e.Parts {
		wide = max(wide, lipgloss.Width(part.Feature))
	}
	p.line(faint.Render(fmt.Sprintf("  %-*s %9s %9s %12s", wide, "feature", "value", "weight", "contribution")))
	for _, part := range e.Parts {
		pad := strings.Repeat(" ", wide-lipgloss.Width(part.Feature))
		p.line(fmt.Sprintf("  %s%s %9.3f %9.3f %+12.3f", part.Feature, pad, part.Value, part.Weight, part.Contribution))
	}
}
