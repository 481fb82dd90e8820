package bot

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }

// canned is a Discord that gives the same answer to every request, and counts them.
type canned struct {
	status int
	header http.Header
	body   string
	came   int
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	c.came++
	return &http.Response{StatusCode: c.status, Header: c.header, Body: io.NopCloser(strings.NewReader(c.body)), Request: r}, nil
}

// facing is a bot whose requests go to a canned Discord.
func facing(t *testing.T, c *canned) *Bot {
	t.Helper()
	o := &oracle{story: harbour(t)}
	b, err := New("token", o, o, silent(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	b.transport.next = c
	return b
}

// say posts a message, in the time that a handler has.
func say(b *Bot) error {
	ctx, cancel := context.WithTimeout(context.Background(), handlerTime)
	defer cancel()
	return b.post(ctx, "1", "2", reply{content: "x"}.message(message1))
}

func TestCircuit_opens_long_before_Discord_bans_the_address(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests} {
		synctest.Test(t, func(t *testing.T) {
			c := &canned{status: status, header: http.Header{}}
			b := facing(t, c)
			for start := time.Now(); time.Since(start) < refusalWindow-2*handlerTime; time.Sleep(10 * time.Millisecond) {
				_ = say(b)
			}
			if c.came > mostRefusals {
				t.Errorf("%d requests were refused with %d in ten minutes", c.came, status)
			}
			if b.HeldBack() <= 0 {
				t.Error("the circuit does not show that it is open")
			}
			time.Sleep(refusalWindow)
			c.status, c.came = http.StatusOK, 0
			if err := say(b); err != nil || c.came != 1 || b.HeldBack() > 0 {
				t.Errorf("ten minutes later: %v after %d requests", err, c.came)
			}
		})
	}
}

func TestCircuit_opens_for_as_long_as_Discords_front_says(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &canned{status: http.StatusTooManyRequests, header: http.Header{"Content-Type": {"text/html"}, "Retry-After": {"300"}}, body: "<html>"}
		b := facing(t, c)
		for start := time.Now(); time.Since(start) < 200*time.Second; time.Sleep(time.Second) {
			_ = say(b)
		}
		if c.came != 1 {
			t.Errorf("%d requests, want 1", c.came)
		}
		time.Sleep(100 * time.Second)
		c.status = http.StatusOK
		if err := say(b); err != nil {
			t.Errorf("after the pause: %v", err)
		}
	})
}

func TestCircuit_does_not_count_limits_that_others_used_up(t *testing.T) {
	t.Parallel()
	c := newCircuit(silent())
	shared := &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{}}
	shared.Header.Set("X-RateLimit-Scope", "shared")
	for range 2 * mostRefusals {
		c.note(time.Now(), shared)
	}
	if err := c.allows(time.Now()); err != nil {
		t.Error(err)
	}
}

func TestRateLimits_spread_messages_as_Discord_says(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newRateLimits()
		left := func(n int) *http.Response {
			h := http.Header{}
			h.Set("X-RateLimit-Limit", "5")
			h.Set("X-RateLimit-Remaining", string(rune('0'+n)))
			h.Set("X-RateLimit-Reset-After", "2.5")
			return &http.Response{StatusCode: http.StatusOK, Header: h}
		}
		l.note("1", left(1))
		start := time.Now()
		for range 6 { // the one that is left, and five after the reset
			if err := l.wait(t.Context(), "1"); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took != 2500*time.Millisecond {
			t.Errorf("six messages took %v, want 2.5 s", took)
		}
		if err := l.wait(t.Context(), "2"); err != nil || time.Since(start) != 2500*time.Millisecond {
			t.Errorf("another channel waits: %v", err)
		}
		hasty, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		l.note("1", left(0))
		if err := l.wait(hasty, "1"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a wait that cannot end in time: %v", err)
		}
	})
}

func TestRateLimits_hold_all_channels_for_a_global_limit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newRateLimits()
		h := http.Header{}
		h.Set("X-RateLimit-Global", "true")
		h.Set("Retry-After", "3")
		l.note("1", &http.Response{StatusCode: http.StatusTooManyRequests, Header: h})
		start := time.Now()
		if err := l.wait(t.Context(), "2"); err != nil || time.Since(start) != 3*time.Second {
			t.Errorf("waited %v: %v", time.Since(start), err)
		}
	})
}

func TestSend_gives_up_in_time(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &canned{status: http.StatusServiceUnavailable, header: http.Header{}}
		b := facing(t, c)
		start := time.Now()
		err := b.respond(t.Context(), interaction1, &discordgo.InteractionResponse{})
		if err == nil || c.came != attempts || time.Since(start) > callbackTime {
			t.Errorf("%d attempts in %v: %v", c.came, time.Since(start), err)
		}
		c.status, c.came, start = http.StatusTooManyRequests, 0, time.Now()
		c.header.Set("Retry-After", "10")
		if err := b.respond(t.Context(), interaction1, &discordgo.InteractionResponse{}); err == nil || c.came != 1 || time.Since(start) > 0 {
			t.Errorf("where Discord asks to wait too long: %d attempts in %v: %v", c.came, time.Since(start), err)
		}
	})
}

func TestTemplate_holds_no_IDs(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/api/v9/interactions/100000000000000001/aW50ZXJhY3Rpb246MTAwMDAwMDAwMDAwMDAwMDAxOmNhbmFyeQ/callback":       "/interactions/{id}/{id}/callback",
		"/api/v9/webhooks/100000000000000001/aW50ZXJhY3Rpb246MTAwMDAwMDAwMDAwMDAwMDAxOmNhbmFyeQ/messages/@original": "/webhooks/{id}/{id}/messages/@original",
		"/api/v9/channels/300000000000000001/messages":                                                              "/channels/{id}/messages",
		"/api/v9/users/@me": "/users/@me",
	} {
		if got := template(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

var (
	message1     = &discordgo.Message{ID: "500000000000000001", ChannelID: "300000000000000001"}
	interaction1 = &discordgo.Interaction{ID: "500000000000000001", Token: "token"}
)
