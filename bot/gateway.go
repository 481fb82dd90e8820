package bot

import (
	"context"
	"crypto/tls"
	"errors"
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

// dialer opens the connections of a session, while it is kept. They notice what discordgo does not
// tell or does wrong; see [watchedConn].
func dialer(l *life, hello time.Duration) *websocket.Dialer {
	watched := func(c net.Conn, err error) (net.Conn, error) {
		if err != nil {
			return nil, err
		}
		if l.kept.Err() != nil {
			return nil, errors.Join(l.kept.Err(), c.Close())
		}
		return watch(c, l, hello), nil
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

// watchedConn is a connection of the gateway that ends, so that discordgo opens another, when
// nothing has come for too long, or when Discord says that it is to be left: discordgo's own ways
// with op 7 and op 9 can hang or lose the session.
type watchedConn struct {
	net.Conn
	life   *life
	idle   time.Duration // how long nothing may come
	frames frameReader

	leave        func() // what Discord said with which the connection is to be left; nil for nothing
	acknowledged bool   // a heartbeat was, since the last read
}

// watch watches a connection, on which HELLO has to come in time.
func watch(c net.Conn, l *life, hello time.Duration) *watchedConn {
	w := &watchedConn{Conn: c, life: l, idle: hello}
	w.frames = frameReader{packet: w.packet, closed: func(code int) { w.leave = func() { l.closed(code) } }}
	return w
}

// Read implements [net.Conn]. What Discord says with which a connection is to be left takes effect
// when discordgo asks for more: by then it has handled the events that came before.
func (c *watchedConn) Read(p []byte) (n int, err error) {
	if c.acknowledged { // discordgo has taken note of what it read before
		c.acknowledged = false
		c.life.forget()
	}
	if c.leave == nil {
		if err := c.Conn.SetReadDeadline(time.Now().Add(c.idle)); err != nil {
			return 0, err
		}
		n, err = c.Conn.Read(p)
		n = c.frames.read(p[:n])
	}
	switch {
	case c.leave == nil:
		return n, err
	case n > 0:
		return n, nil
	}
	c.leave()
	return 0, net.ErrClosed
}

// packet looks at what Discord sends beside events, before discordgo does.
func (c *watchedConn) packet(p packet) (last bool) {
	switch p.op {
	case opHello:
		c.idle = time.Duration(missed * float64(p.heartbeat))
	case opAck:
		c.acknowledged = true
	case opReconnect:
		c.leave = func() {}
	case opInvalid:
		c.leave = func() { c.life.invalid(p.resumable) }
	}
	return c.leave != nil
}

// Write implements [net.Conn]. It leaves out the close frame while the session is kept: discordgo
// closes connections with the code 1000, which would end the session.
func (c *watchedConn) Write(p []byte) (int, error) {
	const last, closing = 0x80, opClose
	if len(p) > 0 && p[0] == last|closing && c.life.kept.Err() == nil {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// SetReadDeadline is left to Read.
func (c *watchedConn) SetReadDeadline(time.Time) error { return nil }

// SetDeadline sets that for writing; reading has its own.
func (c *watchedConn) SetDeadline(t time.Time) error { return c.Conn.SetWriteDeadline(t) }
