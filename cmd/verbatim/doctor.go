package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"verbatim/bot"
	"verbatim/config"
)

// errUnwell says that the doctor found something, and has said what.
var errUnwell = errors.New("something needs to be done")

func newDoctor() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look at everything that serve needs, and say what to do",
		Long: `Looks at the settings, the data folder, the stories and their index, and with Discord at the
token, the intents, the clock and the bot's permissions in each server. It prints one line for
each, with what to do where something is wrong, and does not join Discord: it can be run
beside a bot.

Exit status: 0 where all is well, else 1; that of serve where a setting cannot be used.`,
		Args: cobra.NoArgs,
	}
	for _, s := range config.All() {
		setting(cmd, s)
	}
	cmd.RunE = does(func(ctx context.Context, cmd *cobra.Command, _ []string) error {
		cfg, token, err := loadAll(cmd)
		if err != nil {
			return err
		}
		out := newRedactor(cmd.OutOrStdout(), token)
		findings := append(examineData(ctx, cfg), bot.Examine(ctx, token.Secret(), cfg.DiscordURL)...)
		if !printFindings(out, findings) {
			return &failure{error: errUnwell, logged: true}
		}
		return nil
	})
	return cmd
}

// printFindings has a line for each, and reports whether all are good.
func printFindings(out io.Writer, findings []bot.Finding) bool {
	wrong := 0
	for _, f := range findings {
		mark := "ok  "
		if !f.Good {
			mark = "FAIL"
			wrong++
		}
		fmt.Fprintf(out, "%s  %-8s  %s\n", mark, f.About, f.Says)
	}
	if wrong > 0 {
		fmt.Fprintf(out, "\n%d of %d need something to be done.\n", wrong, len(findings))
	}
	return wrong == 0
}

// examineData looks at the data folder, and opens what lies in it as serve does.
func examineData(ctx context.Context, cfg config.Config) (findings []bot.Finding) {
	note := func(about string, good bool, format string, args ...any) {
		findings = append(findings, bot.Finding{About: about, Good: good, Says: fmt.Sprintf(format, args...)})
	}
	folder, err := dataFolder(cfg, slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		note("data", false, "%v.", err)
		return findings
	case folder == "":
		note("data", false, "there is no folder for it, so servers keep no stories of their own: set VERBATIM_DATA to one that can be written to.")
	default:
		note("data", true, "%s can be written to.", folder)
	}
	l, err := openLibraries(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		note("library", false, "%v.", err)
		return findings
	}
	defer l.Close()
	stories := newOperator(l, cfg.Stories, slog.New(slog.DiscardHandler))
	if err := stories.read(ctx); err != nil {
		note("stories", false, "%v.", err)
		return findings
	}
	for _, s := range slices.Sorted(maps.Keys(stories.reported)) {
		note("stories", false, "one file is skipped: %s.", s)
	}
	s := l.Sizes()
	note("index", true, "%d stories with %d passages are quoted everywhere; %d servers keep stories of their own.", s.Operator.Stories, s.Operator.Passages, s.Libraries)
	return findings
}
