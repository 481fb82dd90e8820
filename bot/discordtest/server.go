package discordtest

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options say how a server behaves. The zero value is a healthy one.
type Options struct {
	Heartbeat       time.Duration // interval told in HELLO; default 41.25 s, as Discord's
	CloseOnIdentify int           // close code that answers every IDENTIFY; 0 for none
	RejectToken     bool          // every REST call is answered with 401
	HoldReady       bool          // no READY comes until ReleaseReady
}

// Server is a Discord with one application in one server.
type Server struct {
	URL   string
	Token string

	t    testing.TB
	o    Options
	http *httptest.Server

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at every change
	lastID   int
	commands []map[string]any
	writes   int // of commands
	pending  map[string]*Interaction
	messages []Message
	faults   []*fault
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
}

// New starts a server; it ends with the test.
func New(t testing.TB, o Options) *Server {
	if o.Heartbeat == 0 {
		o.Heartbeat = 41250 * time.Millisecond
	}
	s := &Server{t: t, o: o, Token: "MTAwMDAwMDAwMDAwMDAwMDAx.Gtest0.aHR0cHM6Ly9leGFtcGxlLmNvbS90ZXN0LXRva2Vu", changed: make(chan struct{}),
		pending: map[string]*Interaction{}, gateway: gateway{held: o.HoldReady}}
	s.http = httptest.NewServer(s.routes())
	s.URL = s.http.URL
	t.Cleanup(func() {
		s.closeAll()
		s.http.Close()
	})
	return s
}

// patience is how long a test waits for what must happen.
const patience = 15 * time.Second

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

// newID returns an ID that was not used before. Callers hold s.mu.
func (s *Server) newID() string {
	s.lastID++
	return strconv.Itoa(500000000000000000 + s.lastID)
}

// fault makes requests fail.
type fault struct {
	route  string
	times  int
	status int // 0 hangs up without an answer
	after  string
}

// FailNext lets the next requests whose "METHOD path" holds route fail: with an HTTP status and a
// Retry-After in seconds if it is not empty, or, for status 0, by hanging up.
func (s *Server) FailNext(route string, times, status int, retryAfter string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{route, times, status, retryAfter})
}

// failed answers a request by a fault, if one waits for it.
func (s *Server) failed(w http.ResponseWriter, r *http.Request) bool {
	s.mu.Lock()
	var f *fault
	for _, x := range s.faults {
		if x.times > 0 && strings.Contains(r.Method+" "+r.URL.Path, x.route) {
			x.times--
			f = x
			break
		}
	}
	s.notify()
	s.mu.Unlock()
	switch {
	case f == nil:
		return false
	case f.status == 0:
		panic(http.ErrAbortHandler)
	case f.after != "":
		w.Header().Set("Retry-After", f.after)
	}
	w.WriteHeader(f.status)
	_, _ = w.Write([]byte(`{"message": "injected", "code": 0}`))
	return true
}
