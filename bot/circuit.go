package bot

import (
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// Discord bans an address after 10,000 answers of 401, 403 or 429 in ten minutes; after a
	// twentieth of that the circuit opens until some of them are older.
	mostRefusals  = 500
	refusalWindow = 10 * time.Minute
	// banPause is for how long it opens where Discord's own front, which answers in HTML, says
	// 429 and names no time.
	banPause = time.Minute
)

// circuit holds all requests back while sending them would do harm: after a flood of refused
// ones, and when Discord wants none at all. It closes by itself.
type circuit struct {
	log *slog.Logger

	mu       sync.Mutex
	refusals []time.Time // oldest first; not older than refusalWindow when it was looked at
	until    time.Time   // open until then
}

func newCircuit(log *slog.Logger) *circuit { return &circuit{log: log} }

// openError says for how long no request is sent.
type openError struct{ wait time.Duration }

func (e *openError) Error() string {
	return fmt.Sprintf("no requests are sent to Discord for %v: it refused too many", e.wait.Round(time.Second))
}

// allows is nil while requests may be sent, else an [openError].
func (c *circuit) allows(now time.Time) error {
	if wait := c.openFor(now); wait > 0 {
		return &openError{wait}
	}
	return nil
}

// openFor is for how long no request may be sent; 0 while they may.
func (c *circuit) openFor(now time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(0, c.until.Sub(now))
}

// note looks at an answer.
func (c *circuit) note(now time.Time, r *http.Response) {
	switch {
	case isBan(r):
		c.open(now, after(r.Header, banPause), "Discord asked for a pause of all requests")
	case refused(r):
		c.refused(now)
	}
}

// refused reports whether an answer counts against our address: not where others had used up a
// limit that is shared with them.
func refused(r *http.Response) bool {
	switch r.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	case http.StatusTooManyRequests:
		return r.Header.Get("X-RateLimit-Scope") != "shared"
	}
	return false
}

// isBan tells the answer of Discord's front, which knows no routes, from that of its API.
func isBan(r *http.Response) bool {
	return r.StatusCode == http.StatusTooManyRequests && strings.Contains(r.Header.Get("Content-Type"), "html")
}

func (c *circuit) refused(now time.Time) {
	c.mu.Lock()
	for len(c.refusals) > 0 && now.Sub(c.refusals[0]) > refusalWindow {
		c.refusals = c.refusals[1:]
	}
	c.refusals = append(c.refusals, now)
	n, first := len(c.refusals), c.refusals[0]
	c.mu.Unlock()
	if n >= mostRefusals {
		c.open(now, first.Add(refusalWindow).Sub(now), "too many requests were refused in ten minutes")
	}
}

func (c *circuit) open(now time.Time, wait time.Duration, why string) {
	c.mu.Lock()
	already := c.until.After(now)
	if end := now.Add(wait); end.After(c.until) {
		c.until = end
	}
	c.mu.Unlock()
	if !already {
		c.log.Error("nothing is sent to Discord for a while", "reason", why, "for", wait.String())
	}
}

// after is how long an answer asks to wait, in seconds with a fraction; other is for one that
// names no time.
func after(h http.Header, other time.Duration) time.Duration {
	for _, name := range []string{"Retry-After", "X-RateLimit-Reset-After"} {
		if seconds, err := strconv.ParseFloat(h.Get(name), 64); err == nil && seconds >= 0 {
			return time.Duration(seconds * float64(time.Second))
		}
	}
	return other
}
