package bot

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// clock is Discord's, as its answers tell it: ours may be wrong or jump. It runs behind by the
// second that is left out in a Date header, and by the time of the answer's way.
type clock struct {
	mu     sync.Mutex
	theirs time.Time
	at     time.Time // ours, when theirs was told; only the time passed since is used
}

// note reads the Date of an answer.
func (c *clock) note(r *http.Response) {
	theirs, err := http.ParseTime(r.Header.Get("Date"))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
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

// age is at least how long ago an ID was made; 0 where that is not known.
func (c *clock) age(id string) time.Duration {
	n, err := strconv.ParseInt(id, 10, 64)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil || c.at.IsZero() {
		return 0
	}
	now := c.theirs.Add(time.Since(c.at))
	return max(0, now.Sub(time.UnixMilli(n>>22+discordEpoch)))
}
