package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/lmittmann/tint"
	"golang.org/x/term"

	"verbatim/config"
)

// newLogger writes to standard error through out: lines for people on a terminal, JSON for
// a machine elsewhere, unless the settings say otherwise.
func newLogger(out io.Writer, cfg config.Config) *slog.Logger {
	terminal := term.IsTerminal(int(os.Stderr.Fd()))
	if cfg.LogFormat == config.JSON || cfg.LogFormat == config.Auto && !terminal {
		return slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: cfg.LogLevel}))
	}
	return slog.New(tint.NewTextHandler(out, &tint.Options{
		Level:      cfg.LogLevel,
		TimeFormat: time.DateTime,
		NoColor:    !terminal || os.Getenv("NO_COLOR") != "",
	}))
}

// adoptDiscordgo sends what discordgo logs to ours. Its logger is one for the whole process.
func adoptDiscordgo(log *slog.Logger) {
	levels := map[int]slog.Level{
		discordgo.LogError:         slog.LevelError,
		discordgo.LogWarning:       slog.LevelWarn,
		discordgo.LogInformational: slog.LevelInfo,
		discordgo.LogDebug:         slog.LevelDebug,
	}
	log = log.With("from", "discordgo")
	discordgo.Logger = func(level, _ int, format string, args ...any) {
		log.Log(context.Background(), levels[level], harmless(format, args))
	}
}

// harmless is a line of discordgo's without the events that it prints: they hold people's words.
func harmless(format string, args []any) string {
	args = slices.Clone(args)
	for i, a := range args {
		switch a := a.(type) {
		case *discordgo.Event:
			args[i] = "an event"
		case string:
			if strings.HasPrefix(strings.TrimSpace(a), "{") {
				args[i] = "some data"
			}
		case error, int, int64, time.Duration:
		default:
			args[i] = fmt.Sprintf("a %T", a)
		}
	}
	line := fmt.Sprintf(strings.ReplaceAll(format, "%#v", "%v"), args...)
	return strings.Join(strings.Fields(line), " ")
}
