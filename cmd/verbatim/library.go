package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/dustin/go-humanize/english"
	"github.com/spf13/cobra"

	"verbatim/config"
	"verbatim/corpus"
)

func newLibrary() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "library",
		Short: "Keep a server's own stories from the shell, also while the bot runs",
		Long: `Does from the shell what /library does in Discord. It may be used while the bot runs on the
same data folder: the bot answers from what was changed a second or two later.

A server is named by its ID, which Discord copies with Copy Server ID in its developer mode.`,
		Example: `  verbatim library list
  verbatim library add --server 100000000000000001 notes.md letters.pdf
  verbatim library export --server 100000000000000001 ours.zip`,
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(newLibraryAdd(), newLibraryList(), newLibraryRemove(), newLibraryExport(), newLibraryImport())
	return cmd
}

// shell is a data folder in the hands of somebody at a shell.
type shell struct {
	*libraries
	server corpus.LibraryID
}

// inShell makes a command of a function that is given the data folder. Where a server is
// needed, it has the flag --server.
func inShell(cmd *cobra.Command, needsServer bool, f func(ctx context.Context, s *shell, args []string) error) *cobra.Command {
	settings := append([]config.Setting{config.Data()}, config.Limits()...)
	for _, s := range settings {
		setting(cmd, s)
	}
	server := cmd.Flags().String("server", "", "ID of the server")
	if needsServer {
		cmd.MarkFlagRequired("server") // there is such a flag
	}
	cmd.RunE = does(func(ctx context.Context, cmd *cobra.Command, args []string) error {
		cfg, err := load(cmd, settings...)
		if err != nil {
			return err
		}
		l, err := openShell(ctx, cfg)
		if err != nil {
			return err
		}
		err = f(ctx, &shell{l, corpus.LibraryID(*server)}, args)
		return errors.Join(given(err), l.Close())
	})
	return cmd
}

// openShell opens a data folder, and erases what is due there.
func openShell(ctx context.Context, cfg config.Config) (*libraries, error) {
	cfg.DataChosen = true // there is nothing to do without one
	folder, err := dataFolder(cfg, nil)
	if err != nil {
		return nil, err
	}
	l, err := openStore(ctx, cfg, folder, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	if err := l.Clean(ctx); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// given is an error that, where it is a refusal, lies in what a person gave, and is shown as
// the sentence it is.
func given(err error) error {
	if refusal := (*corpus.Refusal)(nil); errors.As(err, &refusal) {
		return &unusable{refusal}
	}
	return err
}

// report says what became of a library. Where something was refused it is an error.
func (s *shell) report(c corpus.Change) error {
	refused := 0
	for _, story := range c.Stories {
		if story.Refused != nil {
			refused++
			complain(os.Stderr, &failure{error: story.Refused})
			continue
		}
		fmt.Println(outcome(story))
	}
	for _, q := range c.Examples {
		fmt.Println("Try: " + q.String())
	}
	if !c.Erased.IsZero() {
		fmt.Printf("What was removed is erased by %s, or when the bot next starts.\n", c.Erased.Format("15:04"))
	}
	if refused > 0 {
		return &failure{error: &unusable{errors.New("some were refused")}, logged: true}
	}
	return nil
}

// outcome says what became of one story.
func outcome(s corpus.StoryChange) string {
	named := fmt.Sprintf("“%s” (%s)", s.Entry.Title, s.Entry.ID)
	switch {
	case s.Removed:
		return named + " is removed."
	case s.Replaced && s.New == 0 && s.Gone == 0:
		return named + " is there already, word for word."
	case s.Replaced:
		return fmt.Sprintf("%s is replaced: %s kept, %d new, %d gone.", named, english.Plural(s.Kept, "passage", ""), s.New, s.Gone)
	}
	return fmt.Sprintf("%s is added: %s, %s.", named, english.Plural(s.Entry.Sections, "section", ""), english.Plural(s.Entry.Passages, "passage", ""))
}
