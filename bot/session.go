package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// State is that of the session with Discord:
//
//	connecting ──▶ ready ◀──▶ resuming     the connection broke; the session is taken up again
//	  ▲    │                     │
//	  │    ▼                     ▼
//	  └─ backing off ◀───────────┘         the session is over, or Discord cannot be reached
//
// From each of them it goes to fatal where no restart mends it, and to stopped when the bot ends.
type State string

// The states.
const (
	StateConnecting State = "connecting"
	StateReady      State = "ready"
	StateResuming   State = "resuming"
	StateBackingOff State = "backing off"
	StateFatal      State = "fatal"
	StateStopped    State = "stopped"
)

// stateBox holds the state.
type stateBox struct {
	mu    sync.Mutex
	state State
}

func (b *stateBox) get() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state == "" {
		return StateConnecting
	}
	return b.state
}

func (b *stateBox) set(s State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state = s
}

func (b *Bot) set(s State) {
	b.state.set(s)
	b.observer.State(s)
}

const (
	// patience is how long a connection may take to be ready before its session is given up:
	// discordgo can hang for ever while it opens one (its issue 513).
	patience = 45 * time.Second
	// closing is how long the handlers get to send what they are at. Discord's interactions
	// expire after three seconds, and a container is killed after thirty.
	closing = 7 * time.Second
	// late is how long events are still taken after the end was asked for: a question that
	// was under way then is answered.
	late = 300 * time.Millisecond
)

// The ends of a session that a new one mends.
var (
	errHung    = errors.New("the connection hung")
	errInvalid = errors.New("the session is no longer known to Discord")
)

// Run keeps a session with Discord until ctx ends; then it answers what it was asked before and
// returns nil, within ten seconds. It returns a [FatalError] for what no restart can mend. It is
// called once.
func (b *Bot) Run(ctx context.Context) error {
	defer b.set(StateStopped)
	defer context.AfterFunc(ctx, func() { close(b.ending) })()
	var pace pace
	for {
		b.set(StateConnecting)
		err := b.live(ctx, &pace)
		var fatal *FatalError
		switch {
		case ctx.Err() != nil:
			b.finish()
			return nil
		case errors.As(err, &fatal):
			b.set(StateFatal)
			return fatal
		}
		pause := pace.next()
		b.set(StateBackingOff)
		b.log.Warn("the session ended; a new one follows", "in", pause.String(), "error", err)
		if sleep(ctx, pause) != nil {
			b.finish()
			return nil
		}
	}
}

// live has one session with Discord, over as many connections as it takes, until that is over or
// ctx ends.
func (b *Bot) live(ctx context.Context, pace *pace) error {
	l := b.newLife(ctx)
	defer l.abandon()
	if err := interruptible(ctx, func() error { return b.introduce(ctx, l.session) }); err != nil {
		return err
	}
	pace.identify()
	if err := l.connect(ctx); err != nil {
		return err
	}
	for {
		pace.ready()
		b.log.Info("ready")
		b.set(StateReady)
		if err := l.wait(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil {
			time.Sleep(late)
			return nil
		}
		b.set(StateResuming)
		if err := b.resume(ctx, l); err != nil {
			return err
		}
	}
}

// interruptible does not wait any longer than for ctx: where Discord wants a pause, discordgo sleeps
// whatever happens.
func interruptible(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// resume takes a session up again, as often as Discord cannot be reached.
func (b *Bot) resume(ctx context.Context, l *life) error {
	for pause := time.Second; ; pause = min(2*pause, longestPause) {
		err := l.connect(ctx)
		if err == nil || ctx.Err() != nil || l.over() {
			return err
		}
		b.set(StateBackingOff)
		b.log.Warn("the session could not be taken up again; trying once more", "in", pause.String(), "error", err)
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		b.set(StateResuming)
	}
}

// introduce asks who we are, and makes the commands known; once is enough.
func (b *Bot) introduce(ctx context.Context, s *discordgo.Session) error {
	if b.me() != "" {
		return nil
	}
	me, err := s.User("@me", discordgo.WithContext(ctx))
	if err != nil {
		return fatalREST(err)
	}
	written, err := b.register(ctx, s, me.ID)
	if err != nil {
		return fmt.Errorf("registering commands: %w", err)
	}
	b.mu.Lock()
	b.self = me.ID
	b.mu.Unlock()
	b.log.Info("the commands are registered", "user", me.ID, "written", written, "invite", inviteLink(me.ID))
	return nil
}

// me is our user's ID; empty before it is known.
func (b *Bot) me() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.self
}

// finish waits for the handlers that are at something.
func (b *Bot) finish() {
	done := make(chan struct{})
	go func() { b.handlers.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(closing):
		b.log.Warn("some answers could not be sent in time")
	}
}

// inviteLink adds the bot to a server with the permissions it needs: to see channels, to send
// messages there and in threads, to embed links and to read the history.
func inviteLink(application string) string {
	return "https://discord.com/oauth2/authorize?client_id=" + application + "&scope=bot+applications.commands&permissions=274877991936"
}
