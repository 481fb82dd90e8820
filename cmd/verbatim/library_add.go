package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"verbatim/corpus"
	"verbatim/corpus/reader"
)

func newLibraryAdd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add FILE…",
		Short: "Add stories to a server's library",
		Long: `Adds files to the library of a server; - is standard input. A story of the same title is
replaced. Files that cannot be read are refused, and the others are added all at once.

Exit status: 0, or 2 when a file was refused.`,
		Args: cobra.MinimumNArgs(1),
	}
	title := cmd.Flags().String("title", "", "what the story is to be called; for one file")
	return inShell(cmd, true, func(ctx context.Context, s *shell, files []string) error {
		if *title != "" && len(files) > 1 {
			return &unusable{errors.New("--title is for one file: please add the others by themselves")}
		}
		drafts, err := readDrafts(files, *title)
		if err != nil {
			return err
		}
		bar := newBar()
		c, err := s.Add(ctx, s.server, drafts, bar.show)
		bar.end()
		if err != nil {
			return err
		}
		return s.report(c)
	})
}

// standardInput names it among files.
const standardInput = "-"

func readDrafts(files []string, title string) (drafts []corpus.Draft, err error) {
	for _, file := range files {
		content, err := readFile(file, reader.MaxBytes+1) // a byte more, for the reader to refuse
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, corpus.Draft{Name: filepath.Base(file), Title: title, Content: content})
	}
	return drafts, nil
}

// readFile reads a file or standard input, at most so many bytes.
func readFile(file string, most int64) ([]byte, error) {
	in := os.Stdin
	if file != standardInput {
		f, err := os.Open(file)
		if err != nil {
			return nil, &unusable{fmt.Errorf("%q cannot be opened: %w", file, reason(err))}
		}
		defer f.Close()
		in = f
	}
	content, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return nil, &unusable{fmt.Errorf("%q cannot be read: %w", file, reason(err))}
	}
	return content, nil
}

// bar shows on a terminal how far the adding of stories has come.
type bar struct{ *progressbar.ProgressBar }

func newBar() *bar {
	out := io.Discard
	if term.IsTerminal(int(os.Stderr.Fd())) {
		out = os.Stderr
	}
	return &bar{progressbar.NewOptions(-1, progressbar.OptionSetWriter(out), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30),
		progressbar.OptionSetSpinnerChangeInterval(0))} // else it draws from a goroutine of its own, which races with ours
}

// show takes the progress. That the bar cannot be drawn is no reason to stop.
func (b *bar) show(p corpus.Progress) {
	if p.Passages == 0 {
		b.Describe("reading " + p.Draft)
		b.Add(0)
		return
	}
	b.Describe("passages")
	b.ChangeMax(p.Passages)
	b.Set(p.Indexed)
}

func (b *bar) end() { b.Finish() }
