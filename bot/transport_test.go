package bot

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// halfOpen is a connection whose other end can be gone without a word: nothing arrives there.
type halfOpen struct {
	net.Conn
	gone atomic.Bool
}

func (c *halfOpen) Write(p []byte) (int, error) {
	if c.gone.Load() {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

func TestTransport_leaves_a_connection_whose_other_end_is_gone(t *testing.T) {
	t.Parallel()
	discord := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	discord.EnableHTTP2 = true
	discord.StartTLS()
	defer discord.Close()
	base, _ := url.Parse(discord.URL)
	tr := newTransport(base, newCircuit(silent()), nobody{})
	next := tr.next.(*http.Transport)
	if next.HTTP2.SendPingTimeout != pingAfter || next.HTTP2.PingTimeout != pingTimeout {
		t.Errorf("the connection is not asked whether it lives: %+v", next.HTTP2)
	}
	next.HTTP2.SendPingTimeout, next.HTTP2.PingTimeout = 20*time.Millisecond, 20*time.Millisecond
	next.TLSClientConfig = discord.Client().Transport.(*http.Transport).TLSClientConfig
	var first atomic.Pointer[halfOpen]
	next.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		w := &halfOpen{Conn: c}
		first.CompareAndSwap(nil, w)
		return w, err
	}
	ask := func() (*http.Response, error) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, discord.URL, nil)
		return tr.RoundTrip(r)
	}
	if answer, err := ask(); err != nil || answer.ProtoMajor != 2 {
		t.Fatalf("%v, %v", answer, err)
	}
	first.Load().gone.Store(true)
	for deadline := time.Now().Add(15 * time.Second); ; {
		if _, err := ask(); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("requests go on being sent to where nobody is")
		}
	}
}
