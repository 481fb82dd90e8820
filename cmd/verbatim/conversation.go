package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/chzyer/readline"

	"verbatim/corpus"
	"verbatim/index"
)

// conversation is a talk on a terminal: it keeps the last answer, for what refers to it.
type conversation struct {
	printer
	x *index.Index

	last  corpus.Answer
	shown int // the index of the quote shown last
}

// wanted is how many quotes are fetched, for /next to show.
const wanted = 10

// command is a word with a slash that a person can type.
type command struct {
	name, arguments, help string
	run                   func(c *conversation) // nil for the commands that ask
}

// commands are those of Discord that make sense here, and those that stand for its buttons.
func commands() []command {
	return []command{
		{"who", "NAME", "who somebody is", nil},
		{"what", "ABOUT", "what something is", nil},
		{"when", "ABOUT", "when it was", nil},
		{"where", "ABOUT", "where it was", nil},
		{"why", "ABOUT", "why it was", nil},
		{"quote", "WORDS", "where these very words stand", nil},
		{"next", "", "the next match for your question", (*conversation).next},
		{"around", "", "the passages around the quote", (*conversation).around},
		{"stories", "", "the stories that can be asked", (*conversation).stories},
		{"help", "", "this list, and questions to try", (*conversation).help},
		{"quit", "", "leave, as Ctrl-D does", nil},
	}
}

// talk reads questions from the terminal and answers them, until the person leaves.
func talk(ctx context.Context, x *index.Index) error {
	c := &conversation{printer: newPrinter(os.Stdout), x: x}
	lines, err := readline.NewEx(&readline.Config{
		Prompt:            "? ",
		HistorySearchFold: true, // kept in memory alone: questions are private
		AutoComplete:      completer{x},
	})
	if err != nil {
		return fmt.Errorf("opening the terminal: %w", err)
	}
	defer lines.Close()
	c.welcome()
	for {
		if err := c.flush(); err != nil {
			return err
		}
		line, err := lines.Readline()
		switch {
		case errors.Is(err, readline.ErrInterrupt) && line != "":
			continue // Ctrl-C drops what was typed, and leaves an empty line
		case errors.Is(err, readline.ErrInterrupt), errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading the terminal: %w", err)
		}
		c.width = widthOf(os.Stdout)
		if leave, err := c.hear(ctx, line); leave || err != nil {
			return err
		}
	}
}

// hear answers a line. It reports whether the person wants to leave.
func (c *conversation) hear(ctx context.Context, line string) (leave bool, err error) {
	line = strings.TrimSpace(line)
	name, isCommand := strings.CutPrefix(strings.ToLower(line), "/")
	name, _, _ = strings.Cut(name, " ")
	at := slices.IndexFunc(commands(), func(k command) bool { return k.name == name })
	switch {
	case line == "":
		return false, nil
	case isCommand && (name == "quit" || name == "exit"):
		return true, nil
	case isCommand && at >= 0 && commands()[at].run != nil:
		commands()[at].run(c)
	case isCommand && at < 0 && name != string(corpus.Ask):
		c.say("There is no command /" + name + ". /help lists them.")
	default:
		err = c.ask(ctx, line)
	}
	c.line("")
	return false, err
}

// ask answers a question. What was asked before may complete it: "How old is he?".
func (c *conversation) ask(ctx context.Context, line string) error {
	q := corpus.ParseQuestion(line)
	if q.Text == "" {
		c.say("What about? Write it after the command, as in: /" + string(q.Command) + " " + c.someName())
		return nil
	}
	q.Limit, q.Before = wanted, c.before()
	a, err := c.x.Answer(ctx, q)
	if err != nil {
		return fmt.Errorf("answering %q: %w", line, err)
	}
	c.last, c.shown = a, 0
	c.answer(a)
	return nil
}

// before is the last question and what answered it.
func (c *conversation) before() *corpus.Before {
	if c.last.Question.Text == "" {
		return nil
	}
	b := &corpus.Before{Question: c.last.Read}
	if c.last.Outcome != corpus.Silence && len(c.last.Quotes) > 0 {
		b.Answer = c.last.Quotes[c.shown].Place()
	}
	return b
}

// next shows the next best quote.
func (c *conversation) next() {
	if !c.quoted() {
		return
	}
	if c.shown+1 >= len(c.last.Quotes) {
		c.say("That was the last match.")
		return
	}
	c.shown++
	c.quote(c.last.Quotes[c.shown])
}

// around shows the quote between the passages before and after it.
func (c *conversation) around() {
	if !c.quoted() {
		return
	}
	q := c.last.Quotes[c.shown]
	story := q.Story()
	from, to := max(q.Passage()-1, 0), min(q.Passage()+1, len(story.Passages)-1)
	for i, p := range story.Passages[from : to+1] {
		if i > 0 {
			c.line(faint.Render("│"))
		}
		c.passage(story.Text, p.Span, q.SentenceSpan())
	}
	c.source(q)
}

// quoted reports whether there is a quote to go on from, and says so where there is none.
func (c *conversation) quoted() bool {
	if c.last.Outcome == corpus.Silence || len(c.last.Quotes) == 0 {
		c.say("Nothing is quoted yet. Ask a question first.")
		return false
	}
	return true
}
