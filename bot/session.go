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
//	connecting ─▶ ready ─▶ resuming ─▶ ready …
//	     ▲  └─▶ backing off ◀──┘          (hung: a new session)
//	     └───────────┘      any ─▶ fatal  (no restart mends it)
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

type stateBox struct {
	mu    sync.Mutex
	state State
	since time.Time
}

func (b *stateBox) get() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state == "" {
		return StateConnecting
	}
	return b.state
}

// for how long the state has been what it is.
func (b *stateBox) lasted() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return time.Since(b.since)
}

func (b *stateBox) set(s State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state != s {
		b.state, b.since = s, time.Now()
	}
}

const (
	// patience is how long a session may be without a connection before it is given up for
	// a new one: discordgo can hang for ever while it opens or resumes (its issue 513).
	patience = 45 * time.Second
	// identifyPause is how long Discord wants between two IDENTIFYs of a bot.
	identifyPause = 5 * time.Second
	// longestPause bounds the back-off between sessions that cannot be opened.
	longestPause = 2 * time.Minute
	// closing is how long the handlers get to send what they are at. Discord's interactions
	// expire after three seconds, and a container is killed after thirty.
	closing = 7 * time.Second
	// late is how long events are still taken after the end was asked for: a question that
	// was under way then is answered.
	late = 300 * time.Millisecond
)

// Run keeps a session with Discord until ctx ends; then it answers what it was asked before and
// returns nil, within ten seconds. It is called once. It returns a [FatalError] for what no restart can mend.
func (b *Bot) Run(ctx context.Context) error {
	defer b.set(StateStopped)
	defer context.AfterFunc(ctx, func() { close(b.ending) })()
	for pause := identifyPause; ; pause = min(2*pause, longestPause) {
		err := b.live(ctx)
		var fatal *FatalError
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &fatal):
			b.set(StateFatal)
			return fatal
		case errors.Is(err, errHung):
			pause = identifyPause
		}
		b.set(StateBackingOff)
		b.log.Warn("the session ended; trying again", "in", pause.String(), "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func (b *Bot) set(s State) {
	b.state.set(s)
	b.observer.State(s)
}

var errHung = errors.New("the connection hung")

// live opens a session and keeps it until it hangs, fails for good, or ctx ends.
func (b *Bot) live(ctx context.Context) error {
	b.set(StateConnecting)
	fatal := make(chan error, 1)
	kept, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	s := b.newSession(ctx, kept, func(code int) {
		if err := fatalClose(code); err != nil {
			select {
			case fatal <- err:
			default:
			}
		}
	})
	b.mu.Lock()
	b.session = s
	b.mu.Unlock()
	defer b.abandon(s, giveUp)

	opened := make(chan error, 1)
	go func() { opened <- b.open(ctx, s) }()
	select {
	case err := <-opened:
		if err != nil {
			return err
		}
	case err := <-fatal:
		return err
	case <-ctx.Done():
		return nil
	case <-time.After(patience):
		return errHung
	}
	return b.watch(ctx, fatal)
}

// watch returns when the session hangs, fails for good, or ctx ends and all is answered.
func (b *Bot) watch(ctx context.Context, fatal <-chan error) error {
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			b.drain()
			return nil
		case err := <-fatal:
			return err
		case <-look.C:
			if b.state.get() != StateReady && b.state.lasted() > patience {
				return errHung
			}
		}
	}
}

// drain waits for the handlers, and for those of events that are just arriving.
func (b *Bot) drain() {
	time.Sleep(late)
	done := make(chan struct{})
	go func() { b.handlers.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(closing):
		b.log.Warn("some answers could not be sent in time")
	}
}

// abandon closes a session, without waiting for one that hangs: that can make no connection any
// more, should it ever wake up.
func (b *Bot) abandon(s *discordgo.Session, giveUp context.CancelFunc) {
	giveUp()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Close() // the connection is given up either way
	}()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
	}
}

// intents are those that need no approval: to be asked by commands, in direct messages and by
// mention.
const intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// newSession makes a session, which connects only while kept lasts.
func (b *Bot) newSession(ctx, kept context.Context, onClose func(code int)) *discordgo.Session {
	s, _ := discordgo.New("Bot " + b.token) // never fails
	s.Identify.Intents = intents
	s.StateEnabled = false
	s.Client = b.transport.client()
	s.Dialer = dialer(kept, onClose, &b.pace)
	s.LogLevel = discordgo.LogWarning
	s.AddHandler(func(_ *discordgo.Session, r *discordgo.Ready) { b.became(StateReady) })
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Resumed) { b.became(StateReady) })
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) { b.became(StateResuming) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) {
		b.handle(ctx, "interaction", e.ID, func(ctx context.Context) error { return b.interaction(ctx, e.Interaction) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageCreate) {
		b.handle(ctx, "message", e.ID, func(ctx context.Context) error { return b.message(ctx, e.Message) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		b.handle(ctx, "present", "present "+e.SessionID, func(ctx context.Context) error { return b.present(ctx, e.Guilds) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildCreate) {
		b.handle(ctx, "joined", e.ID+" joined "+e.JoinedAt.String(), func(ctx context.Context) error { return b.joined(ctx, e.Guild) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildDelete) {
		b.handle(ctx, "left", e.ID+" left "+reference(), func(ctx context.Context) error { return b.left(ctx, e.Guild) })
	})
	return s
}

// became changes the state, but for the READY of a first connection: that counts once the
// commands are registered.
func (b *Bot) became(s State) {
	if s == StateReady && b.state.get() == StateConnecting {
		return
	}
	b.log.Info("the session is "+string(s), "state", s)
	b.set(s)
}

// open connects, and makes the commands known.
func (b *Bot) open(ctx context.Context, s *discordgo.Session) error {
	me, err := s.User("@me", discordgo.WithContext(ctx))
	if err != nil {
		return fatalREST(err)
	}
	b.mu.Lock()
	b.self = me.ID
	b.mu.Unlock()
	b.pace.mark()
	if err := s.Open(); err != nil {
		return fatalOpen(err)
	}
	written, err := b.register(ctx, s, me.ID)
	if err != nil {
		return fmt.Errorf("registering commands: %w", err)
	}
	b.set(StateReady)
	b.log.Info("ready", "user", me.ID, "commands_written", written, "invite", inviteLink(me.ID))
	return nil
}

// inviteLink adds the bot to a server with the permissions it needs: to see channels, to send
// messages there and in threads, to embed links and to read the history.
func inviteLink(application string) string {
	return "https://discord.com/oauth2/authorize?client_id=" + application + "&scope=bot+applications.commands&permissions=274877991936"
}
