package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"verbatim/bot"
	"verbatim/library"
)

// metrics are what /metrics shows; a bot reports to them. No metric holds a word of a question
// or of a story. docs/operations.md lists them, and a test compares.
type metrics struct {
	registry *prometheus.Registry
	answers  *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	requests *prometheus.HistogramVec
	state    *prometheus.GaugeVec
	sessions *prometheus.CounterVec
}

// The buckets of what is measured, in seconds.
var (
	searchBuckets  = prometheus.ExponentialBuckets(0.0005, 2, 12)          // 0.5 ms to 1 s, which is all a search gets
	requestBuckets = []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10} // Discord waits three seconds
	states         = []bot.State{bot.StateConnecting, bot.StateReady, bot.StateResuming, bot.StateBackingOff, bot.StateFatal, bot.StateStopped}
)

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_answers_total", Help: "Questions by how they were put and by outcome: answer, closest, silence, error, timeout, crowded or limited.",
		}, []string{"command", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "verbatim_answer_duration_seconds", Help: "Time to find an answer, with the wait for a turn and without Discord's part.", Buckets: searchBuckets,
		}, []string{"outcome"}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "verbatim_discord_request_duration_seconds", Help: "Requests to Discord's REST API by route and HTTP status (or: error, not sent).", Buckets: requestBuckets,
		}, []string{"route", "status"}),
		state: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "verbatim_gateway_state", Help: "1 for the state that the session with Discord is in, 0 for the others.",
		}, []string{"state"}),
		sessions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_gateway_transitions_total", Help: "How often the session with Discord came into a state.",
		}, []string{"state"}),
	}
	m.registry.MustRegister(m.answers, m.seconds, m.requests, m.state, m.sessions,
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC)), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.State(bot.StateConnecting)
	return m
}

// watch adds what is asked of a bot and of its libraries whenever somebody looks.
func (m *metrics) watch(b *bot.Bot, l *library.Libraries) {
	size := func(name, help string, of func(library.Sizes) int) {
		m.gauge(name, help, func() float64 { return float64(of(l.Sizes())) })
	}
	size("verbatim_libraries", "Servers with stories of their own.", func(s library.Sizes) int { return s.Libraries })
	size("verbatim_libraries_open", "Servers whose index is open.", func(s library.Sizes) int { return s.Open })
	size("verbatim_operator_stories", "Stories that every server may quote.", func(s library.Sizes) int { return s.Operator.Stories })
	size("verbatim_operator_passages", "Their passages, all of them indexed.", func(s library.Sizes) int { return s.Operator.Passages })
	size("verbatim_own_stories", "Stories in the indexes of servers that are open.", func(s library.Sizes) int { return s.Own.Stories })
	size("verbatim_own_passages", "Passages in the indexes of servers that are open.", func(s library.Sizes) int { return s.Own.Passages })
	m.gauge("verbatim_queue_waiting", "Questions that wait for their server's turn.", func() float64 { return float64(b.Waiting()) })
	m.gauge("verbatim_discord_held_back_seconds", "For how long no request is sent to Discord, since it refused too many; 0 mostly.", func() float64 { return b.HeldBack().Seconds() })
}

func (m *metrics) gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

// Answered counts a question.
func (m *metrics) Answered(command, outcome string, took time.Duration) {
	m.answers.WithLabelValues(command, outcome).Inc()
	m.seconds.WithLabelValues(outcome).Observe(took.Seconds())
}

// Requested counts a request to Discord.
func (m *metrics) Requested(route, status string, took time.Duration) {
	m.requests.WithLabelValues(route, status).Observe(took.Seconds())
}

// State notes the state of the session.
func (m *metrics) State(now bot.State) {
	m.sessions.WithLabelValues(string(now)).Inc()
	for _, s := range states {
		m.state.WithLabelValues(string(s)).Set(0)
	}
	m.state.WithLabelValues(string(now)).Set(1)
}

func (m *metrics) page() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
