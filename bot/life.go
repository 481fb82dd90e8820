package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// life is one session with Discord: from an IDENTIFY until it is over. discordgo opens its
// connections and reads its events; when to open one, and when it is over, is decided here.
type life struct {
	session *discordgo.Session
	kept    context.Context // ends when the session is given up
	giveUp  context.CancelFunc
	lost    chan struct{} // the connection is gone
	servers []string      // that the bot was in when the session began

	once  sync.Once
	ended chan struct{} // closed when the session is over
	why   error         // once it is
}

// intents are those that need no approval: to be asked by commands, in direct messages and by
// mention.
const intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// newLife makes a session, which is not connected yet. Events come to the bot until ctx ends.
func (b *Bot) newLife(ctx context.Context) *life {
	s, _ := discordgo.New("Bot " + b.token) // never fails
	l := &life{session: s, lost: make(chan struct{}, 1), ended: make(chan struct{})}
	l.kept, l.giveUp = context.WithCancel(context.WithoutCancel(ctx))
	s.Identify.Intents = intents
	s.StateEnabled = false
	s.ShouldReconnectOnError = false // see connect
	s.Client = b.transport.client()
	s.Dialer = dialer(l, b.helloTime)
	s.LogLevel = discordgo.LogWarning
	s.SyncEvents = true // so that READY is known before what follows it; take does not wait
	s.AddHandler(func(_ *discordgo.Session, r *discordgo.Ready) { l.begin(r.Guilds) })
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) { l.disconnected() })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) {
		b.take(ctx, "interaction", e.ID, func(ctx context.Context) error { return b.interaction(ctx, e.Interaction) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageCreate) {
		b.take(ctx, "message", e.ID, func(ctx context.Context) error { return b.message(ctx, e.Message) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		b.take(ctx, "present", "present "+e.SessionID, func(ctx context.Context) error { return b.present(ctx, e.Guilds) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildCreate) {
		b.take(ctx, "joined", e.ID+" joined "+e.JoinedAt.String(), func(ctx context.Context) error { return b.joined(ctx, e.Guild, l.joinedBefore(e.ID)) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildDelete) {
		b.take(ctx, "left", e.ID+" left "+reference(), func(ctx context.Context) error { return b.left(ctx, e.Guild) })
	})
	return l
}

// begin notes the servers that READY lists: Discord then tells of each as if it were new.
func (l *life) begin(servers []*discordgo.Guild) {
	for _, g := range servers {
		l.servers = append(l.servers, g.ID)
	}
}

// joinedBefore reports whether the bot was in a server when the session began.
func (l *life) joinedBefore(server string) bool { return slices.Contains(l.servers, server) }

func (l *life) disconnected() {
	select {
	case l.lost <- struct{}{}:
	default: // is known
	}
}

// end notes why the session is over; the first reason counts.
func (l *life) end(why error) {
	l.once.Do(func() {
		l.why = why
		close(l.ended)
	})
}

func (l *life) over() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

// connect opens a connection, and returns when Discord has said READY or RESUMED on it.
func (l *life) connect(ctx context.Context) error {
	opened := make(chan error, 1)
	go func() { opened <- l.session.Open() }()
	select {
	case err := <-opened:
		switch {
		case l.over():
			return l.why
		case errors.Is(err, discordgo.ErrWSAlreadyOpen):
			return nil // it was reported lost twice
		}
		return fatalREST(err)
	case <-l.ended:
		return l.why
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(patience):
		l.end(errHung)
		return errHung
	}
}

// wait returns nil when the connection is lost or ctx ends, and why when the session is over.
func (l *life) wait(ctx context.Context) error {
	select {
	case <-l.ended:
		return l.why
	case <-l.lost:
		if l.over() {
			return l.why
		}
	case <-ctx.Done():
	}
	return nil
}

// abandon closes the session, without waiting for one that hangs: that can make no connection any
// more, should it ever wake up.
func (l *life) abandon() {
	l.giveUp()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = l.session.Close() // it is given up either way
	}()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
	}
}

// invalid is told that Discord knows the session no longer, or wants it to be taken up again.
func (l *life) invalid(resumable bool) {
	if !resumable {
		l.end(errInvalid)
	}
}

// closed looks at the code with which Discord closes the connection.
func (l *life) closed(code int) {
	const badSequence, timedOut = 4007, 4009
	if fatal := fatalClose(code); fatal != nil {
		l.end(fatal)
	} else if code == badSequence || code == timedOut {
		l.end(errInvalid)
	}
}

// forget lets discordgo's own watch over the heartbeat sleep: it compares times of the wall clock,
// which may jump, and ends the session where it errs. The connection has a watch of its own.
func (l *life) forget() {
	if l.session.TryLock() { // held while a connection opens, before there are heartbeats
		l.session.LastHeartbeatAck = time.Now().AddDate(10, 0, 0)
		l.session.Unlock()
	}
}
