package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"verbatim/bot"
	"verbatim/config"
)

// The exit statuses. 78 is EX_CONFIG of sysexits.h: tell the supervisor not to restart.
const (
	exitDone    = 0
	exitFailed  = 1  // something outside went wrong; another try may do
	exitUsage   = 2  // the arguments, a setting or a story cannot be used
	exitDiscord = 78 // Discord cannot be joined, and a restart would not mend it
)

// failure is an error of a command that had begun. Others are of its arguments.
type failure struct {
	error
	logged bool // it stands in the log already
}

func (f *failure) Unwrap() error { return f.error }

// unusable is an error of what a person gave: a path, a setting.
type unusable struct{ error }

func (u *unusable) Unwrap() error { return u.error }

// does makes a command out of a function whose errors are failures.
func does(f func(ctx context.Context, cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := f(cmd.Context(), cmd, args)
		if already := (*failure)(nil); err == nil || errors.As(err, &already) {
			return err
		}
		return &failure{error: err}
	}
}

// exitStatus tells what happened to whoever started the program.
func exitStatus(err error) int {
	var (
		token   *config.TokenError
		fatal   *bot.FatalError
		faults  config.Faults
		given   *unusable
		started *failure
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &token), errors.As(err, &fatal):
		return exitDiscord
	case errors.As(err, &faults), errors.As(err, &given), !errors.As(err, &started):
		return exitUsage
	}
	return exitFailed
}

// complain says what went wrong, unless the log has said so.
func complain(out io.Writer, err error) {
	if f := (*failure)(nil); errors.As(err, &f) && f.logged {
		return
	}
	fmt.Fprintln(out, "verbatim: "+err.Error())
	if f := (*failure)(nil); !errors.As(err, &f) {
		fmt.Fprintln(out, "Try: verbatim --help")
	}
}
