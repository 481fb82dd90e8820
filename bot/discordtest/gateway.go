package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// gateway is the state of the gateway; Server.mu guards it.
type gateway struct {
	conns      []*conn
	live       *conn  // the connection of the session; nil while there is none
	session    string // "" for none
	seq        int
	sent       []event // for a RESUME
	held       bool
	heartbeats int
	last       struct { // the event that was dispatched last
		kind string
		d    any
	}
	Identifies int
	Resumes    int
}

type event struct {
	seq   int
	raw   []byte
	asked *Interaction // nil for other events
}

type conn struct {
	ws    *websocket.Conn
	out   chan packet
	muted bool
}

// packet is on its way to the bot until it is due.
type packet struct {
	raw []byte
	due time.Time
}

// send is how all packets go out. Callers hold s.mu.
func (s *Server) send(c *conn, raw []byte) { c.out <- packet{raw, time.Now().Add(s.o.RoundTrip / 2)} }

var upgrader = websocket.Upgrader{}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{ws: ws, out: make(chan packet, 1<<15)}
	s.mu.Lock()
	s.gateway.conns = append(s.gateway.conns, c)
	if len(s.gateway.conns) > s.o.Silent {
		s.push(c, 10, map[string]any{"heartbeat_interval": s.o.Heartbeat.Milliseconds()})
	}
	s.mu.Unlock()
	go func() {
		for p := range c.out {
			time.Sleep(time.Until(p.due))
			_ = ws.WriteMessage(websocket.TextMessage, p.raw) // a broken connection shows when it is read
		}
	}()
	s.readPackets(c)
}

func (s *Server) readPackets(c *conn) {
	for {
		var p struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		err := c.ws.ReadJSON(&p)
		s.mu.Lock()
		if err != nil {
			s.gone(c, err)
			close(c.out)
			s.mu.Unlock()
			return
		}
		s.packet(c, p.Op, p.D)
		s.notify()
		s.mu.Unlock()
	}
}

// gone forgets a connection; a normal close ends its session too.
func (s *Server) gone(c *conn, err error) {
	if s.gateway.live == c {
		s.gateway.live = nil
		if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
			s.gateway.session = ""
		}
	}
	s.notify()
}

func (s *Server) packet(c *conn, op int, d json.RawMessage) {
	g := &s.gateway
	switch op {
	case 1:
		g.heartbeats++
		s.received(d)
		if !c.muted {
			s.push(c, 11, nil)
		}
	case 2:
		g.Identifies++
		s.identify(c, d)
	case 6:
		g.Resumes++
		s.resume(c, d)
	}
}

func (s *Server) identify(c *conn, d json.RawMessage) {
	var p struct {
		Token   string `json:"token"`
		Intents int    `json:"intents"`
	}
	_ = json.Unmarshal(d, &p)
	const privileged = 1<<1 | 1<<8 | 1<<15
	switch {
	case s.o.CloseOnIdentify != 0:
		s.close(c, s.o.CloseOnIdentify)
	case p.Token != "Bot "+s.Token && p.Token != s.Token:
		s.close(c, 4004)
	case s.gateway.Identifies <= s.o.Invalid:
		s.push(c, 9, false)
	case p.Intents&privileged != 0:
		s.t.Errorf("discordtest: IDENTIFY asks for privileged intents: %d", p.Intents)
	default:
		s.gateway.live, s.gateway.session, s.gateway.sent = c, s.newID(), nil
		if !s.gateway.held {
			s.ready()
		}
	}
}

func (s *Server) ready() {
	s.dispatch("READY", map[string]any{"v": 9, "user": map[string]any{"id": BotID, "username": "verbatim", "bot": true}, "session_id": s.gateway.session,
		"guilds": []any{map[string]any{"id": GuildID, "unavailable": true}}, "application": map[string]any{"id": BotID}})
}

func (s *Server) resume(c *conn, d json.RawMessage) {
	var p struct {
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	_ = json.Unmarshal(d, &p)
	if p.SessionID == "" || p.SessionID != s.gateway.session {
		s.push(c, 9, false)
		return
	}
	s.gateway.live = c
	for _, e := range s.gateway.sent {
		if e.seq > p.Seq {
			e.asked.sentAgain()
			s.send(c, e.raw)
		}
	}
	s.dispatch("RESUMED", map[string]any{})
}

func (s *Server) push(c *conn, op int, d any) {
	raw, _ := json.Marshal(map[string]any{"op": op, "d": d, "s": nil, "t": nil})
	s.send(c, raw)
}

// received forgets the events that a heartbeat says have come.
func (s *Server) received(d json.RawMessage) {
	var seq int
	_ = json.Unmarshal(d, &seq) // null before the first event
	for len(s.gateway.sent) > 0 && s.gateway.sent[0].seq <= seq {
		s.gateway.sent = s.gateway.sent[1:]
	}
}

// dispatch sends an event to the session, or keeps it for a RESUME. Callers hold s.mu.
func (s *Server) dispatch(kind string, d any) {
	g := &s.gateway
	g.seq++
	raw, err := json.Marshal(map[string]any{"op": 0, "t": kind, "s": g.seq, "d": d})
	if err != nil {
		s.t.Errorf("discordtest: %v", err)
	}
	g.last.kind, g.last.d = kind, d
	g.sent = append(g.sent, event{g.seq, raw, nil})
	if g.live != nil && !g.live.muted {
		s.send(g.live, raw)
	}
}

func (s *Server) close(c *conn, code int) {
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, strconv.Itoa(code)), time.Now().Add(time.Second))
	if s.gateway.live == c {
		s.gateway.live = nil
	}
}

func (s *Server) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.gateway.conns {
		c.ws.Close()
	}
}

// onLive does something to the connection of the session.
func (s *Server) onLive(f func(c *conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gateway.live == nil {
		s.t.Errorf("discordtest: there is no session")
		return
	}
	f(s.gateway.live)
}

// Reconnect asks the bot to reconnect (op 7).
func (s *Server) Reconnect() { s.onLive(func(c *conn) { s.push(c, 7, nil) }) }

// Invalidate ends the session (op 9).
func (s *Server) Invalidate() {
	s.onLive(func(c *conn) {
		s.gateway.session, s.gateway.live = "", nil
		s.push(c, 9, false)
	})
}

// Expire forgets the session and cuts its connection: it cannot be resumed.
func (s *Server) Expire() {
	s.onLive(func(c *conn) {
		s.gateway.session, s.gateway.live = "", nil
		_ = c.ws.NetConn().Close()
	})
}

// CloseGateway closes the connection of the session with a code.
func (s *Server) CloseGateway(code int) { s.onLive(func(c *conn) { s.close(c, code) }) }

// Mute keeps the connection open and says nothing on it any more.
func (s *Server) Mute() { s.onLive(func(c *conn) { c.muted = true }) }

// ReleaseReady sends the READY that Options.HoldReady holds back.
func (s *Server) ReleaseReady() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.held = false
	s.ready()
}

// Counts are how many IDENTIFYs and RESUMEs came, and whether a session is live now.
func (s *Server) Counts() (identifies, resumes int, live bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts()
}

func (s *Server) counts() (identifies, resumes int, live bool) {
	return s.gateway.Identifies, s.gateway.Resumes, s.gateway.live != nil && !s.gateway.live.muted
}

// Again dispatches the last event once more, as happens around a RESUME.
func (s *Server) Again() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch(s.gateway.last.kind, s.gateway.last.d)
}

// WaitHeartbeats waits until so many more heartbeats have come.
func (s *Server) WaitHeartbeats(n int) {
	s.t.Helper()
	s.mu.Lock()
	n += s.gateway.heartbeats
	s.mu.Unlock()
	s.Wait("a heartbeat", func() bool { return s.gateway.heartbeats >= n })
}

// IdentifiesLocked is how many IDENTIFYs came, for use within Wait.
func (s *Server) IdentifiesLocked() int { return s.gateway.Identifies }

// WaitLive waits for a live session after at least so many IDENTIFYs and RESUMEs.
func (s *Server) WaitLive(identifies, resumes int) {
	s.t.Helper()
	s.Wait("a live session", func() bool {
		i, r, live := s.counts()
		return live && i >= identifies && r >= resumes
	})
}
