package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"verbatim/config"
)

// run is the program: its arguments in, its exit status out.
func run(args []string) int {
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(context.Background())
	if err != nil {
		complain(os.Stderr, err)
	}
	return exitStatus(err)
}

const about = `Verbatim answers questions by quoting stories, word for word.

On a terminal it is a conversation, with the built-in story or with the files and folders
named. In a pipe it reads questions from standard input, one a line. To join Discord, set
DISCORD_TOKEN and say: verbatim serve`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "verbatim [PATH…]",
		Short: "Ask the story. It answers in its own words.",
		Long:  about,
		Example: `  verbatim                              talk to the built-in story
  verbatim notes.md letters/            talk to your own
  verbatim ask "Who is Alexandr Wang?"  ask one question`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2, // letters that may differ in what was meant
	}
	setting(root, config.Stories())
	root.RunE = does(converse)
	root.AddCommand(newAsk(), newServe(), newEvaluate(), newTrain(), newDoctor(), newHealth(), newVersion(), newRead(), newLibrary(), newBackup())
	return root
}

// converse talks where both ends are a terminal, and else answers line by line.
func converse(ctx context.Context, cmd *cobra.Command, paths []string) error {
	cfg, err := load(cmd, config.Stories())
	if err != nil {
		return err
	}
	x, err := openIndex(append(cfg.Stories, paths...))
	if err != nil {
		return didYouMean(cmd, paths, err)
	}
	defer x.Close()
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd())) {
		return talk(ctx, x)
	}
	asked, err := eachLine(ctx, os.Stdin, newAsking(x, 0, false, false))
	if err == nil && asked == 0 {
		fmt.Fprintln(os.Stderr, "verbatim: no question came on standard input. Try: verbatim --help, or to join Discord: verbatim serve")
	}
	return err
}

// didYouMean adds the command that a path looks like to the error that there is no such path.
func didYouMean(cmd *cobra.Command, paths []string, err error) error {
	if len(paths) == 0 {
		return err
	}
	near := cmd.SuggestionsFor(paths[0])
	if _, missing := os.Stat(paths[0]); missing == nil || len(near) == 0 {
		return err
	}
	return &unusable{fmt.Errorf("%w\nDid you mean: verbatim %s", err, strings.Join(near, ", verbatim "))}
}

// setting gives a command the flag of a setting.
func setting(cmd *cobra.Command, s config.Setting) {
	if s.Flag != "" {
		cmd.Flags().Var(new(list), s.Flag, fmt.Sprintf("%s (%s)", s.Usage, s.Variable))
	}
}

// load reads settings: from a command's flags, else from the environment.
func load(cmd *cobra.Command, settings ...config.Setting) (config.Config, error) {
	return config.Load(func(s config.Setting) string { return lookup(cmd.Flags(), s) }, settings...)
}

func lookup(flags *pflag.FlagSet, s config.Setting) string {
	if f := flags.Lookup(s.Flag); f != nil && f.Changed {
		return f.Value.String()
	}
	return os.Getenv(s.Variable)
}

// list is the value of a flag. Given twice, the values are joined by a comma.
type list string

func (l *list) String() string { return string(*l) }
func (*list) Type() string     { return "VALUE" }
func (l *list) Set(value string) error {
	if *l != "" {
		value = string(*l) + "," + value
	}
	*l = list(value)
	return nil
}
