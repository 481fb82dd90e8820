package bot

import (
	"time"

	"verbatim/corpus"
)

const (
	// memory is how long a question may complete the next one of the same person.
	memory = 5 * time.Minute
	// mostRecent is how many of them are kept. They stay in memory alone.
	mostRecent = 2000
)

// recent keeps what each person asked last in each channel.
type recent struct{ *bounded[asker, remembered] }

type asker struct{ channel, user string }

type remembered struct {
	before corpus.Before
	at     time.Time
}

func newRecent() *recent { return &recent{newBounded[asker, remembered](mostRecent)} }

func (r *recent) note(who asker, before corpus.Before) {
	r.set(who, remembered{before, time.Now()})
}

// last is what somebody asked a short while ago; nil for nothing.
func (r *recent) last(who asker) *corpus.Before {
	m, found := r.get(who, nil)
	if !found || time.Since(m.at) > memory {
		return nil
	}
	return &m.before
}
