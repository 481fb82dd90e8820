package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/config"
)

func newHealth() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask a bot that runs on this machine whether it is well",
		Long: `Asks the bot at VERBATIM_HTTP on this machine for /healthz, or with --ready for /readyz.
The exit status is 0 when it is well, else 1. A container's health check runs this.`,
		Args: cobra.NoArgs,
	}
	setting(cmd, config.HTTP())
	ready := cmd.Flags().Bool("ready", false, "ask whether it is connected to Discord")
	cmd.RunE = does(func(ctx context.Context, cmd *cobra.Command, _ []string) error {
		cfg, err := load(cmd, config.HTTP())
		if err != nil {
			return err
		}
		if cfg.HTTP == "" {
			return &unusable{errors.New("VERBATIM_HTTP (or --http) is not set: it is the address to ask")}
		}
		page := "/healthz"
		if *ready {
			page = "/readyz"
		}
		return healthy(ctx, cfg.HTTP, page)
	})
	return cmd
}

// healthy asks for a page, and fails with what it says.
func healthy(ctx context.Context, address, page string) error {
	const patience = 3 * time.Second // a container's health check has 5
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+local(address)+page, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("no bot answers: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 200))
		return fmt.Errorf("%s says %d: %s", page, answer.StatusCode, strings.TrimSpace(string(said)))
	}
	return nil
}

// local is an address to listen at as one to call: those of all interfaces become loopback.
func local(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	return net.JoinHostPort(host, port)
}
