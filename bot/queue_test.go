package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/corpus"
)

// busy is a queue of one search at a time, which runs already.
func busy(t *testing.T) (q *queue, leave func()) {
	q = newQueue()
	q.free = 1
	leave, err := q.enter(t.Context(), "first")
	if err != nil {
		t.Fatal(err)
	}
	return q, leave
}

func TestQueue_lets_servers_take_turns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, leave := busy(t)
		var order []string
		ask := func(server string) {
			go func() {
				leave, err := q.enter(t.Context(), server)
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, server)
				leave()
			}()
			synctest.Wait()
		}
		for range 5 {
			ask("loud")
		}
		ask("quiet")
		ask("calm")
		if q.length() != 7 {
			t.Errorf("%d wait, want 7", q.length())
		}
		leave()
		synctest.Wait()
		if got := strings.Join(order, " "); got != "loud quiet calm loud loud loud loud" {
			t.Errorf("answered in the order %s", got)
		}
		if q.free != 1 || q.length() != 0 || len(q.lines) != 0 || len(q.turns) != 0 {
			t.Errorf("something is left: %+v", q)
		}
	})
}

func TestQueue_refuses_more_than_may_wait_of_one_server_alone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, leave := busy(t)
		ctx, cancel := context.WithCancel(t.Context())
		for range mostWaiting {
			go func() { _, _ = q.enter(ctx, "loud") }()
		}
		synctest.Wait()
		if _, err := q.enter(ctx, "loud"); !errors.Is(err, errCrowded) {
			t.Errorf("one more: %v", err)
		}
		quiet := make(chan error, 1)
		go func() {
			leave, err := q.enter(t.Context(), "quiet")
			if err == nil {
				leave()
			}
			quiet <- err
		}()
		synctest.Wait()
		cancel() // those of the loud server give up
		synctest.Wait()
		if q.length() != 1 {
			t.Errorf("%d wait, want the quiet one alone", q.length())
		}
		leave()
		if err := <-quiet; err != nil {
			t.Errorf("the quiet server: %v", err)
		}
		if q.free != 1 {
			t.Errorf("%d searches may start, want 1", q.free)
		}
	})
}

func TestQuotas_hold_a_person_and_a_server(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := newQuotas()
		ask := func(server corpus.LibraryID, user string) string {
			r := request{asker: asker{"c", user}}
			r.Library = server
			return q.exceeded(r)
		}
		for range personBurst {
			if why := ask("s", "script"); why != "" {
				t.Fatal(why)
			}
		}
		if ask("s", "script") == "" || ask("", "script") == "" {
			t.Error("a script is not held back")
		}
		if why := ask("s", "person"); why != "" {
			t.Errorf("another person: %s", why)
		}
		time.Sleep(time.Minute)
		if why := ask("s", "script"); why != "" {
			t.Errorf("a minute later: %s", why)
		}
		for i := range serverBurst + serverMinute {
			ask("s", fmt.Sprint("many", i))
		}
		if why := ask("s", "one more"); !strings.Contains(why, "server") {
			t.Errorf("a server that asks too fast: %q", why)
		}
		if why := ask("other", "one more"); why != "" {
			t.Errorf("another server: %s", why)
		}
	})
}

// stuck is an answerer that ends with its time, or, for "deaf", does not.
type stuck struct{ oracle }

func (s *stuck) Answer(ctx context.Context, q corpus.Question) (corpus.Answer, error) {
	switch q.Text {
	case "death":
		<-ctx.Done()
		return corpus.Answer{}, ctx.Err()
	case "deaf":
		time.Sleep(time.Hour)
	}
	return s.oracle.Answer(ctx, q)
}

func TestAsk_refuses_a_query_of_death_within_a_second(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := &stuck{oracle{story: harbour(t)}}
		b, err := New("token", o, o, silent(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"death", "deaf"} {
			start := time.Now()
			asked := make(chan reply)
			go func() { asked <- b.ask(t.Context(), question("loud", text)) }()
			if other := b.ask(t.Context(), question("quiet", "Who is harbour master?")); other.quiet || time.Since(start) > 0 {
				t.Errorf("another asker waits %v and gets %q", time.Since(start), other.content)
			}
			if r := <-asked; !r.quiet || !strings.Contains(r.content, "too long") || time.Since(start) > searchTime {
				t.Errorf("%s is refused after %v: %q", text, time.Since(start), r.content)
			}
		}
		time.Sleep(2 * time.Hour) // the deaf one ends
		b.queue.mu.Lock()
		defer b.queue.mu.Unlock()
		if b.queue.free != newQueue().free {
			t.Error("a search that took too long still holds its place")
		}
	})
}

// question is one of somebody in a server.
func question(server corpus.LibraryID, text string) request {
	r := request{asker: asker{"channel", "user of " + string(server)}}
	r.Library, r.Command, r.Text = server, corpus.Ask, text
	return r
}

func TestQueue_has_places_enough_for_every_processor(t *testing.T) {
	t.Parallel()
	q := newQueue()
	var leave []func()
	for range q.free {
		l, err := q.enter(t.Context(), "one")
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, l)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.enter(ended, "one"); err == nil {
		t.Error("more searches run than there are places")
	}
	for _, l := range slices.Backward(leave) {
		l()
	}
}
