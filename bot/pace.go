package bot

import (
	"math/rand/v2"
	"time"
)

const (
	// identifyPause is how long Discord wants between two IDENTIFYs of a bot.
	identifyPause = 5 * time.Second
	// longestPause bounds the back-off: at one IDENTIFY in two minutes, the thousand that a
	// bot has in a day last.
	longestPause = 2 * time.Minute
)

// pace is when the next session may begin. The zero value has had none.
type pace struct {
	identified time.Time
	failures   int // sessions in a row that did not become ready
}

// identify notes that an IDENTIFY is sent now.
func (p *pace) identify() { p.identified = time.Now() }

// ready notes that a session became ready.
func (p *pace) ready() { p.failures = 0 }

// next is how long to wait before a new session: one to five seconds, as Discord wants it after
// an invalid one, and doubled for each that did not become ready.
func (p *pace) next() time.Duration {
	pause := time.Second + rand.N(4*time.Second)
	if p.failures > 0 {
		pause = min(identifyPause<<(p.failures-1), longestPause) + rand.N(time.Second)
	}
	p.failures = min(p.failures+1, 10) // longestPause comes long before
	return max(pause, time.Until(p.identified.Add(identifyPause)))
}
