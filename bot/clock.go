package bot

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// clock is Discord's, as its answers and IDs tell it: ours may be wrong or jump. It runs behind by the
// way of an event, once one has come that was just made; before, by the second that is left out in a
// Date header and the way of an answer.
type clock struct {
	mu     sync.Mutex
	theirs time.Time
	at     time.Time // ours, when theirs was told; only the time passed since is used
}

// behind is how far the clock may run behind by what a Date header leaves out, and by ways.
const behind = 1500 * time.Millisecond

// now is Discord's time, at least.
func (c *clock) now() time.Time { return c.theirs.Add(time.Since(c.at)) }

// note reads the Date of an answer. It counts where what is known does not tell more.
func (c *clock) note(r *http.Response) {
	theirs, err := http.ParseTime(r.Header.Get("Date"))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); !c.at.IsZero() && now.After(theirs) && now.Before(theirs.Add(behind)) {
		theirs = now
	}
	c.theirs, c.at = theirs, time.Now()
}

// skew is how far our clock is ahead of Discord's, to about a second; false where it is not known.
func (c *clock) skew() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at.Round(0).Sub(c.theirs), !c.at.IsZero()
}

// discordEpoch is where the time in IDs begins, in Unix milliseconds.
const discordEpoch = 1420070400000

// age is at least how long ago an ID was made; 0 where that is not known. An ID that was made later
// than the clock shows sets it right.
func (c *clock) age(id string) time.Duration {
	n, err := strconv.ParseInt(id, 10, 64)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil || c.at.IsZero() {
		return 0
	}
	made := time.UnixMilli(n>>22 + discordEpoch)
	age := c.now().Sub(made)
	if age < 0 && age > -behind {
		c.theirs, c.at = made, time.Now()
	}
	return max(0, age)
}
