// Command load measures the real bot under load, and what it does while Discord is unwell.
//
//	go run ./bot/discordtest/load                                     two minutes at 200 questions a second
//	go run ./bot/discordtest/load -rate 50 -duration 1h -faults 1m    the soak
//
// It writes stories, builds and starts `verbatim serve` against a Discord of package discordtest,
// plays the people of some servers, and prints what came of their questions, how long they
// waited, and what the bot needed. The exit status is 1 where a goal was missed.
//
// people.go asks and counts, fault.go makes Discord unwell, program.go runs the bot, needs.go
// tells what it needs, story.go writes the stories, shelf.go adds some, report.go prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"verbatim/bot/discordtest"
)

// options are the command line.
type options struct {
	rate      float64
	duration  time.Duration
	servers   int
	people    int
	passages  int
	stories   float64
	roundTrip time.Duration
	heartbeat time.Duration
	faults    time.Duration
	seed      uint64
	binary    string
	log       string
	goal      goal
}

func main() {
	var o options
	flag.Float64Var(&o.rate, "rate", 200, "questions a second")
	flag.DurationVar(&o.duration, "duration", 2*time.Minute, "how long they are asked")
	flag.IntVar(&o.servers, "servers", 20, "servers that they are asked in")
	flag.IntVar(&o.people, "people", 50, "people who ask, in each server")
	flag.IntVar(&o.passages, "passages", 20000, "passages of the stories that every server may quote; 0: those of the built-in story")
	flag.Float64Var(&o.stories, "stories", 10, "stories that are added a minute, to the libraries of the servers in turn")
	flag.DurationVar(&o.roundTrip, "round-trip", 80*time.Millisecond, "of the network between the bot and Discord")
	flag.DurationVar(&o.heartbeat, "heartbeat", 10*time.Second, "interval that the gateway asks for")
	flag.DurationVar(&o.faults, "faults", 0, "how often Discord is unwell; 0: never")
	flag.Uint64Var(&o.seed, "seed", 1, "of what is asked, and by whom")
	flag.StringVar(&o.binary, "binary", "", "a built `file` to measure (default: builds ./cmd/verbatim)")
	flag.StringVar(&o.log, "log", "", "keep the bot's log in this `file`")
	flag.DurationVar(&o.goal.p99, "goal-p99", 250*time.Millisecond, "for the first response")
	flag.DurationVar(&o.goal.max, "goal-max", 2500*time.Millisecond, "for the first response")
	flag.Float64Var(&o.goal.memory, "goal-memory", 256, "resident, in MiB")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, o)
	if errors.Is(err, errGoalMissed) {
		os.Exit(1)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(2)
	}
}

// errGoalMissed says that the table shows a goal that was not reached.
var errGoalMissed = errors.New("a goal was missed")

// run measures once.
func run(ctx context.Context, o options) error {
	folder, err := os.MkdirTemp("", "verbatim-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	facts, err := writeStories(filepath.Join(folder, "stories"), o.passages, o.seed)
	if err != nil {
		return err
	}
	var broken rules
	defer broken.end()
	discord := discordtest.New(&broken, discordtest.Options{RoundTrip: o.roundTrip, Heartbeat: o.heartbeat})
	p, err := start(ctx, o, folder, discord)
	if err != nil {
		return err
	}
	defer p.stop()

	people := newPeople(discord, facts, o)
	ctx, cancel := context.WithTimeout(ctx, o.duration)
	defer cancel()
	go p.sample(ctx)
	var weather weather
	go weather.faults(ctx, discord, o.faults)
	added := make(chan shelf, 1)
	go func() { added <- addStories(ctx, discord, o) }()
	fmt.Printf("asking %.0f questions a second for %v\n", o.rate, o.duration)
	people.ask(ctx)
	people.settle(p.ended)
	p.rest()
	report := newReport(o, people, p, &weather, broken.list(), <-added)
	report.print(os.Stdout)
	if !report.good() {
		return errGoalMissed
	}
	return nil
}
