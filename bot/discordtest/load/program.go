package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"verbatim/bot/discordtest"
)

// program is the bot that is measured.
type program struct {
	command *exec.Cmd
	pages   string // the address of its metrics
	log     *os.File
	ended   chan struct{} // closed when it has ended

	first map[string]int // the goroutines before the first question, by stack
	left  []string       // those that there are more of at rest

	mu      sync.Mutex
	samples []sample
}

// start builds the bot, starts it with the stories in a folder, and waits until it is ready.
func start(ctx context.Context, o options, folder string, discord *discordtest.Server) (*program, error) {
	if o.binary == "" {
		o.binary = filepath.Join(folder, "verbatim")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", o.binary, "./cmd/verbatim")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building the bot (run this in the project's folder): %w\n%s", err, said)
		}
	}
	if o.log == "" {
		o.log = filepath.Join(folder, "log")
	}
	var err error
	p := &program{ended: make(chan struct{})}
	if p.pages, err = freeAddress(); err != nil {
		return nil, err
	}
	if p.log, err = os.Create(o.log); err != nil {
		return nil, err
	}
	stories := filepath.Join(folder, "stories")
	if o.passages == 0 {
		stories = ""
	}
	p.command = exec.Command(o.binary, "serve")
	p.command.Stderr = p.log
	p.command.Env = append(os.Environ(), "DISCORD_TOKEN="+discord.Token, "VERBATIM_DISCORD_URL="+discord.URL, "VERBATIM_STORIES="+stories,
		"VERBATIM_DATA="+filepath.Join(folder, "data"), "VERBATIM_HTTP="+p.pages, "VERBATIM_PPROF=on", "LOG_FORMAT=json")
	began := time.Now()
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() { _ = p.command.Wait(); close(p.ended) }()
	if err := p.ready(ctx); err != nil {
		p.stop()
		return nil, err
	}
	took := time.Since(began)
	s, err := p.look()
	if err != nil {
		p.stop()
		return nil, err
	}
	time.Sleep(2 * time.Second) // what began with the session ends
	p.first = p.stacks()
	fmt.Printf("ready after %v with %.0f MiB of memory\n", took.Round(time.Millisecond), s.memory/(1<<20))
	return p, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (p *program) ready(ctx context.Context) error {
	for {
		if answer, err := http.Get("http://" + p.pages + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.ended:
			said, _ := os.ReadFile(p.log.Name())
			return fmt.Errorf("the bot ended before it was ready:\n%s", said)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stop ends the bot as a supervisor would.
func (p *program) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.ended:
	case <-time.After(15 * time.Second):
		_ = p.command.Process.Kill()
	}
	p.log.Close()
}

// errorLines is how many errors stand in the bot's log.
func (p *program) errorLines() int {
	log, _ := os.ReadFile(p.log.Name())
	return bytes.Count(log, []byte(`"level":"ERROR"`))
}

// said is what the bot's log has about an event.
func (p *program) said(id string) string {
	log, _ := os.ReadFile(p.log.Name())
	for line := range bytes.Lines(log) {
		if bytes.Contains(line, []byte(id)) {
			return string(bytes.TrimSpace(line))
		}
	}
	return "nothing"
}
