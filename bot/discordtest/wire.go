package discordtest

import (
	"net"
	"sync/atomic"
)

// listener accepts connections that can be made half-open.
type listener struct{ net.Listener }

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &wire{Conn: c}, nil
}

// wire is a connection whose other end can be made to look there and be gone: what comes is
// swallowed, and nothing leaves.
type wire struct {
	net.Conn
	stalled atomic.Bool
}

func (w *wire) Read(p []byte) (int, error) {
	for {
		n, err := w.Conn.Read(p)
		if err != nil || !w.stalled.Load() {
			return n, err
		}
	}
}

func (w *wire) Write(p []byte) (int, error) {
	if w.stalled.Load() {
		return len(p), nil
	}
	return w.Conn.Write(p)
}

// Stall makes the connection of the session half-open: it stays, and nothing passes any more.
func (s *Server) Stall() {
	s.onLive(func(c *conn) {
		c.muted = true
		c.ws.NetConn().(*wire).stalled.Store(true)
	})
}

// Drop cuts the connection of the session without a close frame.
func (s *Server) Drop() { s.onLive(func(c *conn) { _ = c.ws.NetConn().Close() }) }
