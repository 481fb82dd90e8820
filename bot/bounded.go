package bot

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"verbatim/corpus"
)

// bounded is a map that forgets its oldest entries, so that it never grows beyond a size.
type bounded[K comparable, V any] struct {
	most  int
	mu    sync.Mutex
	items map[K]V
	order []K // oldest first
}

func newBounded[K comparable, V any](most int) *bounded[K, V] {
	return &bounded[K, V]{most: most, items: map[K]V{}}
}

// get returns the value of a key; one that is missing is made and kept.
func (b *bounded[K, V]) get(k K, make func() V) (v V, found bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, found = b.items[k]
	if !found && make != nil {
		v = make()
		b.put(k, v)
	}
	return v, found
}

func (b *bounded[K, V]) set(k K, v V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(k, v)
}

func (b *bounded[K, V]) put(k K, v V) {
	if _, found := b.items[k]; !found {
		b.order = append(b.order, k)
	}
	b.items[k] = v
	for len(b.order) > b.most {
		delete(b.items, b.order[0])
		b.order = b.order[1:]
	}
}

// seen remembers the events handled: Discord sends some twice around a RESUME.
type seen struct{ *bounded[string, struct{}] }

const mostSeen = 4096

func newSeen() *seen { return &seen{newBounded[string, struct{}](mostSeen)} }

// before notes an event, and reports whether it came before.
func (s *seen) before(id string) bool {
	_, found := s.get(id, func() struct{} { return struct{}{} })
	return found
}

const (
	// A person may ask perMinute questions a minute, and burst at once: far more than anybody
	// types, and too few for a script to take the bot from the others.
	perMinute = 1200
	burst     = 250
	// mostPeople is how many people are told apart.
	mostPeople = 10000
)

// limiter holds people to a rate.
type limiter struct {
	*bounded[string, *rate.Limiter]
}

func newLimiter() *limiter { return &limiter{newBounded[string, *rate.Limiter](mostPeople)} }

func (l *limiter) allow(user string) bool {
	r, _ := l.get(user, func() *rate.Limiter { return rate.NewLimiter(rate.Limit(perMinute)/60, burst) })
	return r.Allow()
}

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
