package discordtest

import (
	"net/http/httptest"
	"strconv"
	"sync"
	"time"
)

// T is what a server needs of a [testing.T]: where it says that the bot broke a rule.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Options say how a server behaves. The zero value is a healthy one.
type Options struct {
	Heartbeat       time.Duration // interval told in HELLO; default 41.25 s, as Discord's
	CloseOnIdentify int           // close code that answers every IDENTIFY; 0 for none
	RejectToken     bool          // every REST call is answered with 401
	HoldReady       bool          // no READY comes until ReleaseReady
	Silent          int           // how many connections get no HELLO at first
	Invalid         int           // how many IDENTIFYs are answered with op 9 at first
	RoundTrip       time.Duration // of the network: half of it passes each way

	// Guilds are the servers that the bot is in, as GET /users/@me/guilds lists them.
	// Default: one, with the permissions of the invite link.
	Guilds []map[string]any
}

// Server is a Discord with one application in one server.
type Server struct {
	URL   string
	Token string

	t    T
	o    Options
	http *httptest.Server

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at every change
	lastID   int64
	commands []map[string]any
	writes   int // of commands
	pending  map[string]*Interaction
	messages []Message
	files    map[string]*Attachment
	faults   []*Fault
	requests map[string]int // by method and path without IDs
	gateway  gateway
}

// The IDs of who and what is there.
const (
	BotID     = "100000000000000001"
	GuildID   = "200000000000000001"
	ChannelID = "300000000000000001"
	DirectID  = "300000000000000002" // the channel of direct messages
	UserID    = "400000000000000001"
)

// Message is what the bot posted in a channel.
type Message struct {
	Channel string
	Body    map[string]any
	At      time.Time
}

// New starts a server; it ends with the test.
func New(t T, o Options) *Server {
	if o.Heartbeat == 0 {
		o.Heartbeat = 41250 * time.Millisecond
	}
	s := &Server{t: t, o: o, Token: "MTAwMDAwMDAwMDAwMDAwMDAx.Gtest0.aHR0cHM6Ly9leGFtcGxlLmNvbS90ZXN0LXRva2Vu", changed: make(chan struct{}),
		pending: map[string]*Interaction{}, files: map[string]*Attachment{}, requests: map[string]int{}, gateway: gateway{held: o.HoldReady}}
	if o.Guilds == nil {
		s.o.Guilds = []map[string]any{{"id": GuildID, "name": "The harbour", "permissions": "274877991936"}}
	}
	s.http = httptest.NewUnstartedServer(s.routes())
	s.http.Listener = &listener{Listener: s.http.Listener}
	s.http.Start()
	s.URL = s.http.URL
	t.Cleanup(func() {
		s.closeAll()
		s.http.Close()
	})
	return s
}

// patience is how long a test waits for what must happen.
const patience = 45 * time.Second

// Wait waits until a condition holds, which is looked at after every change, and fails the test
// where it does not come to hold.
func (s *Server) Wait(what string, holds func() bool) {
	s.t.Helper()
	late := time.After(patience)
	for {
		s.mu.Lock()
		ok, changed := holds(), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-late:
			s.t.Fatalf("discordtest: %s did not happen within %v", what, patience)
		}
	}
}

// notify wakes those that wait. Callers hold s.mu.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// epoch is Discord's, in Unix milliseconds.
const epoch = 1420070400000

// newID returns an ID that was not used before, with the time in it. Callers hold s.mu.
func (s *Server) newID() string {
	s.lastID = max(s.lastID+1, (time.Now().UnixMilli()-epoch)<<22)
	return strconv.FormatInt(s.lastID, 10)
}
