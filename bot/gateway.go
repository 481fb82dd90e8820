package bot

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	dialTimeout = 10 * time.Second
	// helloTimeout is how long Discord has to say HELLO.
	helloTimeout = 20 * time.Second
	// missed is after how many heartbeat intervals without a word a connection counts as
	// dead: Discord acknowledges every heartbeat, so one missing acknowledgement shows after
	// one interval and the network's delay. discordgo itself waits for five.
	missed = 1.6
)

// dialer opens gateway connections that notice when Discord falls silent and with what code it
// closes, neither of which discordgo tells, and that hold back "invalid session", which discordgo
// answers with an IDENTIFY at once, until Discord takes one again. It opens none after kept has ended.
func dialer(kept context.Context, onClose func(code int), pace *identifyPace) *websocket.Dialer {
	watched := func(c net.Conn, err error) (net.Conn, error) {
		if err != nil {
			return nil, err
		}
		if kept.Err() != nil {
			return nil, errors.Join(kept.Err(), c.Close())
		}
		return &watchedConn{Conn: c, idle: helloTimeout, frames: frameReader{onClose: onClose}, pace: pace}, nil
	}
	plain := &net.Dialer{Timeout: dialTimeout}
	secure := &tls.Dialer{NetDialer: plain, Config: &tls.Config{MinVersion: tls.VersionTLS12}}
	return &websocket.Dialer{
		HandshakeTimeout: dialTimeout,
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return watched(plain.DialContext(ctx, network, addr))
		},
		NetDialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return watched(secure.DialContext(ctx, network, addr))
		},
	}
}

// watchedConn is a connection whose reads fail when nothing has come for too long.
type watchedConn struct {
	net.Conn
	idle   time.Duration
	frames frameReader
	pace   *identifyPace
	dead   atomic.Bool // fell silent
}

// Read implements [net.Conn].
func (c *watchedConn) Read(p []byte) (int, error) {
	if err := c.Conn.SetReadDeadline(time.Now().Add(c.idle)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.frames.read(p[:n])
	if c.frames.heartbeat > 0 {
		c.idle = time.Duration(missed * float64(c.frames.heartbeat))
	}
	if c.frames.invalidated {
		c.frames.invalidated = false
		c.pace.wait()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.dead.Store(true)
	}
	return n, err
}

// Write implements [net.Conn]. Nothing is written to a connection that fell silent: discordgo
// would send the close code 1000, which ends the session instead of letting it be resumed.
func (c *watchedConn) Write(p []byte) (int, error) {
	if c.dead.Load() {
		return 0, net.ErrClosed
	}
	return c.Conn.Write(p)
}

// identifyPace keeps the pause that Discord wants between two IDENTIFYs.
type identifyPace struct {
	mu   sync.Mutex
	last time.Time
}

// mark notes that an IDENTIFY is sent now.
func (p *identifyPace) mark() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = time.Now()
}

// wait waits until another may be sent, between one and six seconds as Discord asks for after an
// invalid session, and notes it as sent.
func (p *identifyPace) wait() {
	p.mu.Lock()
	rest := max(time.Second, time.Until(p.last.Add(identifyPause))) + rand.N(time.Second)
	p.mu.Unlock()
	time.Sleep(rest)
	p.mark()
}

// SetReadDeadline is left to Read.
func (c *watchedConn) SetReadDeadline(time.Time) error { return nil }

// SetDeadline sets that for writing; reading has its own.
func (c *watchedConn) SetDeadline(t time.Time) error { return c.Conn.SetWriteDeadline(t) }

// frameReader follows the frames of a websocket (RFC 6455, section 5.2) as a server sends them,
// after the HTTP answer, for three of
// them: HELLO, which is the first text, "invalid session" and the close frame.
type frameReader struct {
	onClose   func(code int)
	heartbeat time.Duration // told by HELLO; 0 before

	invalidated bool // an "invalid session" has been read

	upgraded bool
	line     int    // length of the header line being read
	buffer   []byte // what is not understood yet
	skip     int    // bytes of a payload that is not looked at
	ignore   bool   // something was not as expected: look no more
}

const (
	opText  = 1
	opClose = 8
	// mostHello is how long a payload may be to be looked at.
	mostHello = 4096
	// mostInvalid is how long that of "invalid session" may be.
	mostInvalid = 128
)

func (r *frameReader) read(p []byte) {
	for len(p) > 0 && !r.upgraded {
		p = r.header(p)
	}
	for len(p) > 0 && !r.ignore {
		if r.skip > 0 {
			n := min(r.skip, len(p))
			r.skip, p = r.skip-n, p[n:]
			continue
		}
		r.buffer = append(r.buffer, p[0])
		p = p[1:]
		r.frame()
	}
}

// header steps over the HTTP answer, which ends with an empty line.
func (r *frameReader) header(p []byte) []byte {
	switch p[0] {
	case '\n':
		r.upgraded = r.line == 0
		r.line = 0
	case '\r':
	default:
		r.line++
	}
	return p[1:]
}

// frame looks at the bytes read so far, and at the whole frame once it is there.
func (r *frameReader) frame() {
	head, length, ok := frameHead(r.buffer)
	if !ok {
		return
	}
	opcode := r.buffer[0] & 0x0f
	wanted := opcode == opClose || opcode == opText && (r.heartbeat == 0 || length <= mostInvalid)
	switch {
	case r.buffer[1]&0x80 != 0: // a server never masks
		r.ignore = true
	case !wanted || length > mostHello:
		r.skip, r.buffer = length, r.buffer[:0]
	case len(r.buffer) == head+length:
		r.payload(opcode, r.buffer[head:])
		r.buffer = r.buffer[:0]
	}
}

// frameHead returns the length of a frame's header and of its payload, once they can be told.
func frameHead(b []byte) (head, length int, ok bool) {
	if len(b) < 2 {
		return 0, 0, false
	}
	switch n := int(b[1] & 0x7f); {
	case n < 126:
		return 2, n, true
	case n == 126 && len(b) >= 4:
		return 4, int(binary.BigEndian.Uint16(b[2:])), true
	case n == 127 && len(b) >= 10:
		return 10, int(binary.BigEndian.Uint64(b[2:]) & (1<<40 - 1)), true
	}
	return 0, 0, false
}

func (r *frameReader) payload(opcode byte, p []byte) {
	if opcode == opClose {
		if len(p) >= 2 {
			r.onClose(int(binary.BigEndian.Uint16(p)))
		}
		return
	}
	var packet struct {
		Op int             `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if json.Unmarshal(p, &packet) != nil {
		return
	}
	switch packet.Op {
	case 9:
		r.invalidated = true
	case 10:
		var hello struct {
			HeartbeatInterval int `json:"heartbeat_interval"` // milliseconds
		}
		if json.Unmarshal(packet.D, &hello) == nil {
			r.heartbeat = time.Duration(hello.HeartbeatInterval) * time.Millisecond
		}
	}
}
