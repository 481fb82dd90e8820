package bot

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"net"
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
// closes, neither of which discordgo tells.
func dialer(onClose func(code int)) *websocket.Dialer {
	watched := func(c net.Conn, err error) (net.Conn, error) {
		if err != nil {
			return nil, err
		}
		return &watchedConn{Conn: c, idle: helloTimeout, frames: frameReader{onClose: onClose}}, nil
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
	return n, err
}

// SetReadDeadline is left to Read.
func (c *watchedConn) SetReadDeadline(time.Time) error { return nil }

// SetDeadline sets that for writing; reading has its own.
func (c *watchedConn) SetDeadline(t time.Time) error { return c.Conn.SetWriteDeadline(t) }

// frameReader follows the frames of a websocket (RFC 6455, section 5.2) as a server sends them,
// after the HTTP answer, for two of them: HELLO, which is the first text, and the close frame.
type frameReader struct {
	onClose   func(code int)
	heartbeat time.Duration // told by HELLO; 0 before

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
	wanted := opcode == opClose || opcode == opText && r.heartbeat == 0
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
	var hello struct {
		Op int `json:"op"`
		D  struct {
			HeartbeatInterval int `json:"heartbeat_interval"` // milliseconds
		} `json:"d"`
	}
	if json.Unmarshal(p, &hello) == nil && hello.Op == 10 {
		r.heartbeat = time.Duration(hello.D.HeartbeatInterval) * time.Millisecond
	}
}
