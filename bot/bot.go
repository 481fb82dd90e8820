package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"verbatim/corpus"
)

// Answerer finds what the stories say to a question. Silence is an answer; an error means that
// the search failed.
type Answerer interface {
	Answer(ctx context.Context, q corpus.Question) (corpus.Answer, error)
}

// Shelf knows the stories that a library's questions are answered from.
type Shelf interface {
	// Entries lists them, the operator's first.
	Entries(lib corpus.LibraryID) []corpus.Entry
	// Story is one of them; false where the library has no such story (any more).
	Story(lib corpus.LibraryID, id corpus.StoryID) (*corpus.Story, bool)
	// Names completes what was typed of a name, at most so many.
	Names(lib corpus.LibraryID, typed string, limit int) []string
	// Examples are up to three questions that the stories really answer.
	Examples(lib corpus.LibraryID) []corpus.Question
}

// Observer is told of what happened, for metrics.
type Observer interface {
	// Answered is called for each question: how it was put, with what outcome ("answer",
	// "closest", "silence", "error") and how long the search took.
	Answered(command, outcome string, took time.Duration)
	// State is called when the session's state changes.
	State(State)
	// Requested is called for each request to Discord's REST API: its method and path without
	// IDs and tokens, the HTTP status ("error" for no answer, "not sent" while the circuit is
	// open), and how long it took.
	Requested(route, status string, took time.Duration)
}

// Options are the optional settings of a bot. The zero value works.
type Options struct {
	// APIURL is the base of Discord's REST API, for a proxy or a test server.
	// Default: https://discord.com.
	APIURL string
	// Observer is told what happens. Default: nobody.
	Observer Observer
	// Keeper keeps the servers' own stories. Default: none, and /library says so.
	Keeper Keeper
	// Fetcher fetches the web pages that /library add is given. Default: none, and it takes
	// files alone.
	Fetcher Fetcher
}

// Bot is an application's presence on Discord.
type Bot struct {
	token    string
	answerer Answerer
	shelf    Shelf
	keeper   Keeper  // nil where servers keep no stories
	fetcher  Fetcher // nil where no pages are fetched
	log      *slog.Logger
	observer Observer

	transport *transport
	limits    *rateLimits
	quotas    *quotas
	queue     *queue
	downloads *downloads
	recent    *recent
	seen      *seen
	state     stateBox
	handlers  sync.WaitGroup // events being handled
	ending    chan struct{}  // closed when Run is to end
	helloTime time.Duration  // how long Discord has to say HELLO

	mu   sync.Mutex
	self string // our user's ID, once known
}

// New makes a bot of a token, what answers, the shelf it answers from, and a log.
func New(token string, answerer Answerer, shelf Shelf, log *slog.Logger, o Options) (*Bot, error) {
	if o.APIURL == "" {
		o.APIURL = defaultAPI
	}
	base, err := url.Parse(o.APIURL)
	if err != nil || base.Host == "" {
		return nil, errors.New("bot: the address of Discord's API is not an absolute URL")
	}
	if o.Observer == nil {
		o.Observer = nobody{}
	}
	return &Bot{token: token, answerer: answerer, shelf: shelf, keeper: o.Keeper, fetcher: o.Fetcher, log: log, observer: o.Observer,
		transport: newTransport(base, newCircuit(log), o.Observer), downloads: newDownloads(base), ending: make(chan struct{}), limits: newRateLimits(),
		quotas: newQuotas(), queue: newQueue(), recent: newRecent(), seen: newSeen(), helloTime: helloTimeout}, nil
}

// Ready is nil when the bot is connected and its commands are known to Discord; else it says
// what is missing.
func (b *Bot) Ready() error {
	if s := b.state.get(); s != StateReady {
		return errors.New("the session with Discord is " + string(s))
	}
	return nil
}

// Waiting is how many questions wait for a search.
func (b *Bot) Waiting() int { return b.queue.length() }

// HeldBack is for how long no request is sent to Discord, since it refused too many; mostly 0.
func (b *Bot) HeldBack() time.Duration { return b.transport.circuit.openFor(time.Now()) }

// nobody is an observer that does not look.
type nobody struct{}

func (nobody) Answered(string, string, time.Duration)  {}
func (nobody) State(State)                             {}
func (nobody) Requested(string, string, time.Duration) {}
