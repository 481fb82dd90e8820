package bot

import (
	"golang.org/x/time/rate"

	"verbatim/corpus"
)

// Nobody types as many questions as these: they end what a script asks, on and on, while the
// queue keeps it from delaying others.
const (
	// personBurst is how many questions a person may ask at once, and personMinute how many
	// a minute after that.
	personBurst, personMinute = 1000, 60
	// serverBurst and serverMinute hold for all people of a server together.
	serverBurst, serverMinute = 5000, 1200
	// mostPeople and mostServers are how many are told apart.
	mostPeople, mostServers = 10000, 5000
)

// quotas hold people and servers to a rate.
type quotas struct {
	people  *bounded[string, *rate.Limiter]
	servers *bounded[corpus.LibraryID, *rate.Limiter]
}

func newQuotas() *quotas {
	return &quotas{newBounded[string, *rate.Limiter](mostPeople), newBounded[corpus.LibraryID, *rate.Limiter](mostServers)}
}

// exceeded says, to the asker, why a question is one too many; it is empty for one that is not.
func (q *quotas) exceeded(r request) string {
	person, _ := q.people.get(r.user, func() *rate.Limiter { return rate.NewLimiter(rate.Limit(personMinute)/60, personBurst) })
	if !person.Allow() {
		return "You ask faster than I can read. Please wait a minute, then ask again."
	}
	if r.Library == "" {
		return "" // a direct message
	}
	server, _ := q.servers.get(r.Library, func() *rate.Limiter { return rate.NewLimiter(rate.Limit(serverMinute)/60, serverBurst) })
	if !server.Allow() {
		return "This server asks faster than I can read. Please try again in a minute."
	}
	return ""
}
