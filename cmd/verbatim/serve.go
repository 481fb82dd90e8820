package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"verbatim/bot"
	"verbatim/config"
	"verbatim/corpus/web"
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

	l, err := openLibraries(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer l.Close()
	stories := newOperator(l, cfg.Stories, log)
	if err := stories.read(ctx); err != nil {
		return err
	}
	var background sync.WaitGroup
	defer background.Wait()
	living, end := context.WithCancel(ctx)
	defer end()
	background.Go(func() { l.Run(living) })
	background.Go(func() { stories.watch(living) })
	background.Go(func() { prepareReader(living, l.reader, log) })
	counts := newMetrics()
	o := bot.Options{APIURL: cfg.DiscordURL, Observer: counts}
	if l.kept {
		o.Keeper = l
	}
	if cfg.Fetch {
		o.Fetcher = web.New()
	}
	b, err := bot.New(token.Secret(), l, l, log, o)
	if err != nil {
		return err
	}
	counts.watch(b, l.Libraries)
	if cfg.HTTP != "" {
		closePages, err := servePages(cfg.HTTP, pages(b.Ready, counts.page(), cfg.PProf), log)
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
