package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"verbatim/bot/discordtest"
)

// unwell are the ways in which Discord is unwell, in turn.
var unwell = []struct {
	what    string
	gateway bool // the session is interrupted
	inject  func(d *discordtest.Server)
}{
	{"op 7, reconnect", true, (*discordtest.Server).Reconnect},
	{"twenty answers get 500", false, func(d *discordtest.Server) { d.FailNext("/callback", 20, 500, "") }},
	{"a dropped socket", true, (*discordtest.Server).Drop},
	{"twenty answers get 429", false, func(d *discordtest.Server) { d.FailNext("/callback", 20, 429, "0.3") }},
	{"op 9, invalid session", true, (*discordtest.Server).Invalidate},
	{"ten requests hang", false, func(d *discordtest.Server) {
		d.Inject(discordtest.Fault{Route: "POST ", Times: 10, Status: discordtest.Hang})
	}},
	{"no heartbeat is acknowledged", true, (*discordtest.Server).Mute},
	{"twenty answers get 429 as HTML", false, func(d *discordtest.Server) {
		d.Inject(discordtest.Fault{Route: "/callback", Times: 20, Status: 429, Header: http.Header{"Retry-After": {"1"}}, Body: "<html>slow down</html>"})
	}},
	{"close code 4000", true, func(d *discordtest.Server) { d.CloseGateway(4000) }},
	{"twenty connections are cut", false, func(d *discordtest.Server) { d.FailNext("POST ", 20, discordtest.HangUp, "") }},
	{"a half-open socket", true, (*discordtest.Server).Stall},
}

// weather is when Discord was unwell.
type weather struct {
	mu   sync.Mutex
	past []spell
}

// spell is one of the times.
type spell struct {
	at   time.Time
	what string
}

// faults makes Discord unwell every so often until ctx ends, and prints how long each interruption
// of the session lasts.
func (w *weather) faults(ctx context.Context, d *discordtest.Server, every time.Duration) {
	if every == 0 {
		return
	}
	began := time.Now()
	for n, tick := 0, time.Tick(every); ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
		f := unwell[n%len(unwell)]
		d.ClearFaults()
		if _, _, live := d.Counts(); f.gateway && !live {
			fmt.Printf("%8v  %s: left out, the session is not back\n", time.Since(began).Round(time.Second), f.what)
			continue
		}
		at := time.Now()
		w.note(at, f.what)
		f.inject(d)
		line := fmt.Sprintf("%8v  %s", at.Sub(began).Round(time.Second), f.what)
		if f.gateway {
			line += ": back after " + back(ctx, d).Round(10*time.Millisecond).String()
		}
		fmt.Println(line)
	}
}

func (w *weather) note(at time.Time, what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.past = append(w.past, spell{at, what})
}

// around says how a time lies to the fault before it.
func (w *weather) around(at time.Time) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range slices.Backward(w.past) {
		if since := at.Sub(s.at); since > -acknowledged {
			return fmt.Sprintf("%v after %s", since.Round(time.Millisecond), s.what)
		}
	}
	return "before any fault"
}

// acknowledged is how long Discord waits for an answer: a fault meets what was asked that long
// before it.
const acknowledged = 3 * time.Second

// back waits until the session is interrupted and live again, and returns how long it took.
func back(ctx context.Context, d *discordtest.Server) time.Duration {
	start := time.Now()
	i, r, _ := d.Counts()
	for ctx.Err() == nil {
		identifies, resumes, live := d.Counts()
		if live && identifies+resumes > i+r {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(start)
}
