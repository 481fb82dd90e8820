package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"verbatim/bot"
	"verbatim/config"
	"verbatim/index"
)

func newServe() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Join Discord and answer there",
		Long: `Joins Discord with the token in DISCORD_TOKEN or DISCORD_TOKEN_FILE and answers until
SIGTERM or SIGINT, which lets it send the answers that it is at. It logs on standard error.

Exit status: 0 after a signal; 2 for a setting or story that cannot be used; 78 where
Discord refuses the token or the bot, which a restart does not mend; 1 for anything else.`,
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
		stderr := newRedactor(os.Stderr, token)
		log := newLogger(stderr, cfg)
		if err := serve(ctx, cfg, token, log); err != nil {
			log.Error(err.Error())
			return &failure{error: err, logged: true}
		}
		return nil
	})
	return cmd
}

// loadAll reads all settings, and reports the faults of all of them.
func loadAll(cmd *cobra.Command) (config.Config, config.Token, error) {
	cfg, err := load(cmd, config.All()...)
	token, missing := config.LoadToken(os.Getenv("DISCORD_TOKEN"), lookup(cmd.Flags(), config.TokenFile()))
	return cfg, token, errors.Join(err, missing)
}

// serve runs the bot until a signal comes or Discord refuses it.
func serve(ctx context.Context, cfg config.Config, token config.Token, log *slog.Logger) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	defer stop()
	log.Info("starting", "version", version(), "memory_limit", limitMemory())
	adoptDiscordgo(log)

	x, err := serveIndex(cfg, log)
	if err != nil {
		return err
	}
	defer x.Close()
	counts := newMetrics()
	b, err := bot.New(token.Secret(), x, x, log, bot.Options{APIURL: cfg.DiscordURL, Observer: counts})
	if err != nil {
		return err
	}
	counts.watch(b)
	if cfg.HTTP != "" {
		closePages, err := servePages(cfg.HTTP, pages(b.Ready, counts.page()), log)
		if err != nil {
			return err
		}
		defer closePages()
	}
	err = b.Run(ctx)
	if err == nil {
		log.Info("ended by a signal")
	}
	return err
}

// serveIndex opens the index of the stories that every server may quote.
func serveIndex(cfg config.Config, log *slog.Logger) (*index.Index, error) {
	folder, err := indexFolder(cfg, log)
	if err != nil {
		return nil, err
	}
	stories, skipped, err := readStories(cfg.Stories)
	if err != nil {
		return nil, err
	}
	for _, s := range skipped {
		log.Warn("skipped a file", "reason", s)
	}
	start := time.Now()
	x, err := keptIndex(folder, stories)
	if err == nil {
		log.Info("stories are indexed", "stories", len(stories), "folder", folder, "took", time.Since(start).String())
	}
	return x, err
}
