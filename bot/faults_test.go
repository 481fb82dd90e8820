package bot

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
)

// The faults of docs/operations.md that have no test elsewhere; each is named there.

func TestBot_begins_anew_when_told_to_reconnect_before_READY(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{HoldReady: true})
	w := launch(t, d)
	d.Wait("an IDENTIFY", func() bool { return d.IdentifiesLocked() > 0 })
	d.Reconnect()
	d.ReleaseReady() // for the next session: nothing is read any more on this connection
	w.ready()
	if identifies, _, _ := d.Counts(); identifies != 2 {
		t.Errorf("%d IDENTIFYs, want 2", identifies)
	}
	w.Slash("ask", discordtest.Args{"question": "Who?"})
}

func TestBot_begins_a_new_session_when_the_old_cannot_be_resumed(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Expire()
	w.WaitLive(2, 1)
	w.Slash("ask", discordtest.Args{"question": "Who?"})
	if identifies, resumes, _ := w.Counts(); identifies != 2 || resumes != 1 {
		t.Errorf("%d IDENTIFYs and %d RESUMEs, want 2 and 1", identifies, resumes)
	}
}

func TestBot_answers_what_came_before_the_session_was_invalid(t *testing.T) {
	t.Parallel()
	w := start(t)
	var asked []*discordtest.Interaction
	for range 50 { // many of them arrive together with op 9
		asked = append(asked, w.SendSlash("ask", discordtest.Args{"question": "Who?"}))
	}
	w.Invalidate()
	for _, i := range asked {
		w.Answered(i)
	}
}

func TestBot_outlasts_sessions_that_are_invalid_one_after_the_other(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Invalid: 2})
	w := launch(t, d)
	w.ready()
	if identifies, resumes, _ := d.Counts(); identifies != 3 || resumes != 0 {
		t.Errorf("%d IDENTIFYs and %d RESUMEs, want 3 and none", identifies, resumes)
	}
}

func TestPace_keeps_the_limit_of_IDENTIFYs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var p pace
		identifies := 0
		for start := time.Now(); time.Since(start) < 24*time.Hour; identifies++ {
			p.identify()
			pause := p.next()
			if pause < identifyPause || pause > longestPause+time.Second {
				t.Fatalf("a pause of %v", pause)
			}
			time.Sleep(pause)
		}
		if identifies > 1000 {
			t.Errorf("%d IDENTIFYs in a day of invalid sessions", identifies)
		}
		p.ready()
		time.Sleep(time.Minute)
		if pause := p.next(); pause < time.Second || pause > 5*time.Second {
			t.Errorf("after a session that was ready, a pause of %v", pause)
		}
	})
}

func TestBot_gives_up_a_connection_without_HELLO(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Silent: 1})
	w := prepare(t, d)
	w.bot.helloTime = 300 * time.Millisecond
	w.run()
	w.ready()
}

// pipe is a watched connection and Discord's end of it.
func pipe(t *testing.T) (ours *watchedConn, theirs net.Conn) {
	o := &oracle{story: harbour(t)}
	b, err := New("token", o, o, silent(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	near, far := net.Pipe()
	t.Cleanup(func() { near.Close(); far.Close() })
	return watch(near, b.newLife(t.Context()), helloTimeout), far
}

func TestConnection_ends_when_nothing_comes_for_too_long(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := pipe(t)
		buffer, start := make([]byte, 4096), time.Now()
		if _, err := ours.Read(buffer); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(start) != helloTimeout {
			t.Errorf("without HELLO: %v after %v", err, time.Since(start))
		}

		ours, theirs = pipe(t)
		go func() { _, _ = theirs.Write(frames()[:120]) }() // up to HELLO and a part of the next frame
		if _, err := ours.Read(buffer); err != nil {
			t.Fatal(err)
		}
		start = time.Now()
		if _, err := ours.Read(buffer); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(start) != 66*time.Second {
			t.Errorf("after HELLO: %v after %v, want 1.6 intervals of 41.25 s", err, time.Since(start))
		}
	})
}

func TestBot_resumes_when_the_other_end_is_gone(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(*discordtest.Server){
		"half-open":             (*discordtest.Server).Stall,
		"cut":                   (*discordtest.Server).Drop,
		"acknowledging nothing": (*discordtest.Server).Mute,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := launch(t, discordtest.New(t, discordtest.Options{Heartbeat: 300 * time.Millisecond}))
			w.ready()
			cut(w.Server)
			w.WaitLive(1, 1)
			if identifies, _, _ := w.Counts(); identifies != 1 {
				t.Errorf("%d IDENTIFYs: the session was not resumed", identifies)
			}
		})
	}
}

func TestBot_answers_once_what_comes_twice(t *testing.T) {
	t.Parallel()
	w := start(t)
	asked := w.SendSlash("ask", discordtest.Args{"question": "Who?"})
	w.Again()
	w.Answered(asked)
	w.Say(discordtest.Said{Content: "Who is harbour master?", Direct: true})
	w.Again()
	w.Messages(1)
	w.Slash("ask", discordtest.Args{"question": "Who?"}) // comes after all of them
	if err := w.halt(); err != nil {
		t.Fatal(err)
	}
	if callbacks, posts := w.Requests("/callback"), w.Requests("/messages"); callbacks != 2 || posts != 1 {
		t.Errorf("%d callbacks and %d messages, want 2 and 1", callbacks, posts)
	}
}

func TestBot_sends_a_message_once_however_often_it_tries(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.FailNext("/messages", 2, 500, "")
	w.Say(discordtest.Said{Content: "Who is harbour master?", Direct: true})
	m := w.Messages(1)[0]
	if nonce, _ := m.Body["nonce"].(string); nonce == "" || m.Body["enforce_nonce"] != true {
		t.Errorf("Discord could not tell a second attempt from a second message: nonce %v", m.Body["nonce"])
	}
}

func TestBot_goes_on_when_a_request_hangs(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(discordtest.Fault{Route: "/callback", Times: 1, Status: discordtest.Hang})
	w.SendSlash("ask", discordtest.Args{"question": "Who?"})
	w.eventually("a request hangs", func() bool { return w.Requests("/callback") == 1 })
	if r := w.Slash("ask", discordtest.Args{"question": "Who?"}); !strings.Contains(r.Content(), "Mara Lind") {
		t.Errorf("got %s", r.Content())
	}
}

func TestBot_ends_while_Discord_wants_it_to_wait(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.FailNext("/users/@me", 1, http.StatusTooManyRequests, "600")
	w := launch(t, d)
	w.eventually("the bot asks who it is", func() bool { return d.Requests("/users/@me") == 1 })
	if err := w.halt(); err != nil {
		t.Errorf("Run returned %v", err)
	}
}

// hanging is a Discord that never answers.
type hanging struct{}

func (hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestSend_frees_what_hangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // fails where a goroutine is left
		b := facing(t, nil)
		b.transport.next = hanging{}
		start := time.Now()
		if err := b.respond(t.Context(), interaction1, &discordgo.InteractionResponse{}); err == nil || time.Since(start) != callbackTime {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), handlerTime)
		defer cancel()
		if err := b.post(ctx, "1", "2", reply{content: "x"}.message(message1)); err == nil || strings.Contains(err.Error(), "channels/") {
			t.Errorf("a message: %v", err)
		}
	})
}

func TestSession_outlives_jumps_of_the_clock(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Heartbeat: 100 * time.Millisecond})
	w := prepare(t, d)
	l := w.bot.newLife(t.Context())
	defer l.abandon()
	if err := l.connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, jump := range []time.Duration{time.Hour, -time.Hour} {
		d.WaitHeartbeats(2)
		l.session.Lock() // what discordgo compares the clock with is an hour off
		l.session.LastHeartbeatAck = l.session.LastHeartbeatAck.Add(-jump)
		l.session.Unlock()
		d.WaitHeartbeats(3)
	}
	select {
	case <-l.lost:
		t.Error("the connection was given up")
	default:
	}
	if identifies, resumes, live := d.Counts(); identifies != 1 || resumes != 0 || !live {
		t.Errorf("%d IDENTIFYs, %d RESUMEs, live %v", identifies, resumes, live)
	}
}

func TestBot_tells_the_state_it_is_in(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{HoldReady: true})
	w := launch(t, d)
	d.Wait("an IDENTIFY", func() bool { return d.IdentifiesLocked() > 0 })
	if err := w.bot.Ready(); err == nil || !strings.Contains(err.Error(), string(StateConnecting)) {
		t.Errorf("before READY: %v", err)
	}
	d.ReleaseReady()
	w.ready()
	d.Drop()
	d.WaitLive(1, 1)
	w.ready()
	if err := w.halt(); err != nil {
		t.Fatal(err)
	}
	if got := w.observed.list(); strings.Join(got, ", ") != "connecting, ready, resuming, ready, stopped" {
		t.Errorf("the states were %v", got)
	}
}
