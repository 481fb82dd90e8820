package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
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
		log.Log(context.Background(), levels[level], fmt.Sprintf(format, args...))
	}
}
