package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"verbatim/corpus"
)

// printer shows answers to a person. The lines that hold the answering sentence have a
// heavy bar beside them, so that they stand out without colours too.
type printer struct {
	out   *bufio.Writer
	width int // columns of a line
	limit int // quotes shown of an answer
}

var (
	accent = lipgloss.NewStyle().Foreground(lipgloss.Cyan)
	bold   = lipgloss.NewStyle().Bold(true)
	faint  = lipgloss.NewStyle().Faint(true)
)

const (
	defaultWidth = 80  // where the width is not known, such as in a pipe
	maxWidth     = 100 // longer lines are hard to read
	minWidth     = 20  // shorter ones hold no words
)

// newPrinter prints to a file, with styles if that is a terminal which shows them.
func newPrinter(out *os.File) printer {
	styled := colorprofile.NewWriter(out, os.Environ())
	return printer{out: bufio.NewWriter(styled), width: widthOf(out), limit: 1}
}

func widthOf(out *os.File) int {
	width, _, err := term.GetSize(int(out.Fd()))
	if err != nil || width <= 0 {
		width, err = strconv.Atoi(os.Getenv("COLUMNS"))
	}
	if err != nil || width <= 0 {
		return defaultWidth
	}
	return min(max(width, minWidth), maxWidth)
}

// answer shows an answer as one of three: the quote; the closest quote, after the reason
// why it may not be an answer; silence.
func (p printer) answer(a corpus.Answer) {
	if a.About != "" {
		p.say("About " + a.About + ":")
	}
	if a.Outcome == corpus.Silence || len(a.Quotes) == 0 {
		p.say(sentences("The story does not say.", a.Reason))
		p.suggest(a)
		return
	}
	if a.Outcome == corpus.Closest {
		reason := a.Reason
		if reason == "" {
			reason = "I find no clear answer."
		}
		p.say(sentences(reason, "Closest:"))
	}
	for i, q := range a.Quotes[:min(p.limit, len(a.Quotes))] {
		if i > 0 {
			p.line("")
		}
		p.quote(q)
	}
	if a.Outcome == corpus.Closest {
		p.suggest(a)
	}
}

// suggest offers the question that may have been meant.
func (p printer) suggest(a corpus.Answer) {
	if a.Suggestion != "" {
		p.say("Did you mean: " + a.Suggestion)
	}
}

// quote shows a passage with its sentence marked, and where it stands.
func (p printer) quote(q corpus.Quote) {
	p.passage(q.Story().Text, q.PassageSpan(), q.SentenceSpan())
	p.source(q)
}

// passage shows a part of a text as a block quote.
func (p printer) passage(text string, passage, sentence corpus.Span) {
	const bar = 2 // columns of the bar and its space
	for _, line := range lines(words(text, passage, sentence, p.width-bar), p.width-bar) {
		p.line(quoted(line))
	}
}

// quoted is a line with its bar. The marked words of a line stand together.
func quoted(line []word) string {
	from, to := -1, -1
	for i, w := range line {
		if w.marked && from < 0 {
			from = i
		}
		if w.marked {
			to = i + 1
		}
	}
	if from < 0 {
		return faint.Render("│") + " " + join(line)
	}
	parts := []string{accent.Render("┃")}
	for _, part := range []string{join(line[:from]), bold.Render(join(line[from:to])), join(line[to:])} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// source says where a quote stands. The place itself is not broken at the end of a line.
func (p printer) source(q corpus.Quote) {
	title := q.Story().Title
	if section := q.Section(); section != "" {
		title += " · " + section
	}
	const indent = 2
	parts := append(split(title+" ·", p.width-indent), word{text: fmt.Sprintf("passage %d of %d", q.Passage()+1, len(q.Story().Passages))})
	p.faintly(lines(parts, p.width-indent))
}

// say shows words of our own.
func (p printer) say(text string) { p.line(wrap(text, p.width)) }

// aside shows words of our own that matter less.
func (p printer) aside(text string) {
	const indent = 2
	p.faintly(lines(split(text, p.width-indent), p.width-indent))
}

func (p printer) faintly(lines [][]word) {
	for _, line := range lines {
		p.line("  " + faint.Render(join(line)))
	}
}

// asked repeats a question.
func (p printer) asked(typed string) {
	for i, line := range strings.Split(wrap(typed, p.width-2), "\n") {
		p.line([]string{accent.Render("?"), " "}[min(i, 1)] + " " + bold.Render(line))
	}
}

// line shows a line as it is. An error of writing is kept for flush.
func (p printer) line(text string) { _, _ = p.out.WriteString(text + "\n") }

// flush lets go of what was shown, and tells whether it could be.
func (p printer) flush() error { return p.out.Flush() }

// sentences puts sentences one after the other.
func sentences(parts ...string) string {
	return strings.TrimSpace(strings.Join(parts, " "))
}
