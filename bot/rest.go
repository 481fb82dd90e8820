package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	defaultAPI = "https://discord.com"
	// requestTimeout bounds one request, so that one that hangs ends.
	requestTimeout = 10 * time.Second
	// callbackTime is how long after an interaction its answer may still be sent: Discord
	// waits three seconds from when it sent it.
	callbackTime = 2500 * time.Millisecond
	// attempts is how often an answer is sent at most.
	attempts = 3
	// retryPause is before a second attempt where Discord names no time.
	retryPause = 150 * time.Millisecond
	// Discord bans an address after 10,000 answers of 401, 403 or 429 in ten minutes; after a
	// tenth of that the bot stops for a while.
	mostRefusals  = 1000
	refusalWindow = 10 * time.Minute
)

var errTooManyRefusals = errors.New("too many requests were refused in ten minutes; waiting")

// transport sends discordgo's requests to the configured address and stops before Discord bans
// it for too many refused ones.
type transport struct {
	base *url.URL
	next http.RoundTripper

	mu       sync.Mutex
	refusals []time.Time
}

func newTransport(base *url.URL) *transport {
	next := http.DefaultTransport.(*http.Transport).Clone()
	next.MaxIdleConnsPerHost = 64
	return &transport{base: base, next: next}
}

func (t *transport) client() *http.Client { return &http.Client{Transport: t, Timeout: requestTimeout} }

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.open(time.Now()) {
		return nil, errTooManyRefusals
	}
	r = r.Clone(r.Context())
	if r.URL.Host == "discord.com" {
		r.URL.Scheme, r.URL.Host = t.base.Scheme, t.base.Host
		r.Host = ""
	}
	resp, err := t.next.RoundTrip(r)
	if err == nil && refused(resp.StatusCode) {
		t.note(time.Now())
	}
	return resp, err
}

func refused(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests
}

func (t *transport) note(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refusals = append(t.refusals, now)
}

// open reports whether there were too many refusals of late.
func (t *transport) open(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.refusals) > 0 && now.Sub(t.refusals[0]) > refusalWindow {
		t.refusals = t.refusals[1:]
	}
	return len(t.refusals) >= mostRefusals
}

// respond sends the first answer to an interaction, again if Discord is unwell or asks to wait,
// while there is time. It does not go through discordgo, which keeps a rate limit bucket for
// each interaction for ever (its issue 1333).
func (b *Bot) respond(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error {
	return b.send(ctx, http.MethodPost, fmt.Sprintf("/api/v9/interactions/%s/%s/callback", i.ID, i.Token), r)
}

// amend replaces the "thinking…" of a deferred answer.
func (b *Bot) amend(ctx context.Context, i *discordgo.Interaction, data *discordgo.InteractionResponseData) error {
	return b.send(ctx, http.MethodPatch, fmt.Sprintf("/api/v9/webhooks/%s/%s/messages/@original", i.AppID, i.Token), data)
}

// send makes a request with a body, whose path holds the interaction's token: errors leave it out.
func (b *Bot) send(ctx context.Context, method, path string, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encoding an answer: %w", err)
	}
	for attempt := 1; ; attempt++ {
		wait, err := b.attempt(ctx, method, path, raw)
		if err == nil || wait < 0 || attempt == attempts {
			return err
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// attempt makes one request. Where it fails, it tells how long to wait before another; negative
// where another is of no use.
func (b *Bot) attempt(ctx context.Context, method, path string, raw []byte) (wait time.Duration, err error) {
	r, err := http.NewRequestWithContext(ctx, method, defaultAPI+path, bytes.NewReader(raw))
	if err != nil {
		return -1, errors.New("making a request failed")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", userAgent)
	resp, err := b.transport.client().Do(r)
	if err != nil {
		return transient(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 4096)) // the status tells enough
	switch status := resp.StatusCode; {
	case status < 300:
		return 0, nil
	case status == http.StatusTooManyRequests:
		return retryAfter(resp.Header), fmt.Errorf("callback: HTTP status %d", status)
	case status >= 500:
		return retryPause, fmt.Errorf("callback: HTTP status %d", status)
	default:
		return -1, fmt.Errorf("callback: HTTP status %d, code %d", status, errorCode(text))
	}
}

const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ")"

// transient hides the address of a failed request, and lets broken connections be tried again.
func transient(err error) (time.Duration, error) {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	var network net.Error
	if errors.Is(err, errTooManyRefusals) || errors.As(err, &network) && network.Timeout() || errors.Is(err, context.Canceled) {
		return -1, fmt.Errorf("callback: %w", err)
	}
	return retryPause, fmt.Errorf("callback: %w", err)
}

// retryAfter is how long Discord asks to wait, in seconds with a fraction.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.ParseFloat(h.Get("Retry-After"), 64)
	if err != nil || seconds < 0 {
		return retryPause
	}
	return time.Duration(seconds * float64(time.Second))
}

// errorCode is Discord's own code in the body of an error; 0 where there is none.
func errorCode(body []byte) int {
	var e struct {
		Code int `json:"code"`
	}
	_ = json.Unmarshal(body, &e) // an HTML page has none
	return e.Code
}
