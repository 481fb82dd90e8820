package bot

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

const (
	defaultAPI = "https://discord.com"
	// requestTimeout bounds one request, so that one that hangs ends.
	requestTimeout = 10 * time.Second
	// idleTimeout is how long a connection waits for the next request.
	idleTimeout = 30 * time.Second
	// pingAfter is after how long without a word a connection of HTTP/2, which carries all requests,
	// is asked whether it lives, and pingTimeout how long it has to answer. Otherwise one whose other
	// end is gone swallows requests until the system notices, a quarter of an hour later.
	pingAfter, pingTimeout = 5 * time.Second, 2 * time.Second
)

// transport is the way of all requests to Discord's REST API, discordgo's too: to the configured
// address, through the circuit, and counted.
type transport struct {
	base     *url.URL
	next     http.RoundTripper
	circuit  *circuit
	clock    clock
	observer Observer
}

func newTransport(base *url.URL, c *circuit, o Observer) *transport {
	next := http.DefaultTransport.(*http.Transport).Clone()
	next.MaxIdleConnsPerHost = 64
	next.IdleConnTimeout = idleTimeout
	next.HTTP2 = &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout}
	return &transport{base: base, next: next, circuit: c, observer: o}
}

func (t *transport) client() *http.Client { return &http.Client{Transport: t, Timeout: requestTimeout} }

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	route := r.Method + " " + template(r.URL.Path)
	if err := t.circuit.allows(start); err != nil {
		t.observer.Requested(route, "not sent", 0)
		return nil, err
	}
	r = r.Clone(r.Context())
	if r.URL.Host == "discord.com" {
		r.URL.Scheme, r.URL.Host = t.base.Scheme, t.base.Host
		r.Host = ""
	}
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		t.observer.Requested(route, "error", time.Since(start))
		return nil, err
	}
	t.observer.Requested(route, strconv.Itoa(resp.StatusCode), time.Since(start))
	t.circuit.note(time.Now(), resp)
	t.clock.note(resp)
	return resp, nil
}

var (
	version  = regexp.MustCompile(`^/api/v\d+`)
	variable = regexp.MustCompile(`/(?:\d{5,}|[\w.~%-]{40,})`)
)

// template is a path without its IDs and tokens: there are few of them, and they are no secret.
func template(path string) string {
	return variable.ReplaceAllString(version.ReplaceAllString(path, ""), "/{id}")
}
