package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"verbatim/config"
	"verbatim/corpus"
	"verbatim/index"
)

// asking is how questions are put and where their answers go.
type asking struct {
	x     *index.Index
	limit int // quotes asked for
	write func(exchange) error

	explain bool // ask for what made up the scores
}

// exchange is a question as it was typed, with its answer.
type exchange struct {
	typed  string
	answer corpus.Answer
	parts  []index.Explanation // one a quote, where they were asked for
	took   time.Duration
	single bool // the question was an argument, not a line
}

const defaultLimit = 3 // as the bot fetches

func newAsk() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ask [QUESTION]",
		Short: "Answer one question, or those on standard input, one a line",
		Long: `Answers a question. Without one it reads questions from standard input, one a line, and
answers each as it comes. A question that begins with /who, /what, /when, /where, /why or
/quote is that command of the bot.`,
		Example: `  verbatim ask "Who is Alexandr Wang?"
  verbatim ask --stories notes.md,letters/ --json < questions.txt`,
	}
	setting(cmd, config.Stories())
	asJSON := cmd.Flags().Bool("json", false, "write one JSON object a question, as they come")
	limit := cmd.Flags().Int("limit", 0, fmt.Sprintf("at most so many quotes (default: %d as JSON, else 1)", defaultLimit))
	explain := cmd.Flags().Bool("explain", false, "show what made up the score of each quote and of the runner-up")
	cmd.MarkFlagsMutuallyExclusive("json", "explain")
	cmd.RunE = does(func(ctx context.Context, cmd *cobra.Command, args []string) error {
		if cmd.Flags().Changed("limit") && *limit < 1 {
			return &unusable{fmt.Errorf("--limit is %d: allowed are numbers from 1", *limit)}
		}
		cfg, err := load(cmd, config.Stories())
		if err != nil {
			return err
		}
		x, err := openIndex(cfg.Stories)
		if err != nil {
			return err
		}
		defer x.Close()
		return ask(ctx, newAsking(x, *limit, *asJSON, *explain), strings.Join(args, " "))
	})
	return cmd
}

func newAsking(x *index.Index, limit int, asJSON, explain bool) asking {
	if asJSON && limit == 0 {
		limit = defaultLimit
	}
	limit = max(limit, 1)
	p := newPrinter(os.Stdout)
	p.limit = limit
	switch {
	case asJSON:
		return asking{x: x, limit: limit, write: writeJSON(os.Stdout)}
	case explain:
		return asking{x: x, limit: limit + 1, write: p.explained, explain: true}
	}
	return asking{x: x, limit: limit, write: p.exchange}
}

// ask answers a question, or those on standard input where it is empty.
func ask(ctx context.Context, a asking, question string) error {
	if question = strings.TrimSpace(question); question != "" {
		return a.one(ctx, question, true)
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		fmt.Fprintln(os.Stderr, "One question a line; Ctrl-D ends.")
	}
	_, err := eachLine(ctx, os.Stdin, a)
	return err
}

// eachLine answers the lines of a file as they come, and counts them. Empty ones are no
// questions.
func eachLine(ctx context.Context, in io.Reader, a asking) (asked int, err error) {
	lines := bufio.NewReaderSize(in, maxLine)
	for {
		line, err := readLine(lines)
		if line != "" {
			asked++
			if err := a.one(ctx, line, false); err != nil {
				return asked, err
			}
		}
		if err == io.EOF {
			return asked, nil
		}
		if err != nil {
			return asked, fmt.Errorf("reading questions: %w", err)
		}
	}
}

// maxLine is how many bytes of a line are read, far more than a question may have; the
// rest of a longer one is passed over.
const maxLine = 64 << 10

// readLine reads a line without the spaces around it.
func readLine(in *bufio.Reader) (string, error) {
	line, more, err := in.ReadLine()
	text := strings.TrimSpace(string(line))
	for more && err == nil {
		_, more, err = in.ReadLine()
	}
	return text, err
}

// one answers a question.
func (a asking) one(ctx context.Context, typed string, single bool) error {
	q := corpus.ParseQuestion(typed)
	q.Limit = a.limit
	e := exchange{typed: typed, single: single}
	start := time.Now()
	var err error
	if a.explain {
		e.answer, e.parts, err = a.x.Explain(ctx, q)
	} else {
		e.answer, err = a.x.Answer(ctx, q)
	}
	e.took = time.Since(start)
	if err != nil {
		return fmt.Errorf("answering %q: %w", typed, err)
	}
	return a.write(e)
}
