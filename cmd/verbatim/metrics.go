package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"verbatim/bot"
)

// metrics are what /metrics shows; a bot reports to them. No metric holds a word of a question
// or of a story.
type metrics struct {
	registry *prometheus.Registry
	answers  *prometheus.CounterVec
	seconds  prometheus.Histogram
	ready    prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_answers_total", Help: "Questions by how they were put and by outcome: answer, closest, silence or error.",
		}, []string{"command", "outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "verbatim_answer_seconds", Help: "Time to find an answer, without Discord's part.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 4, 8), // 0.1 ms to 1.6 s
		}),
		ready: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "verbatim_ready", Help: "1 while connected to Discord, else 0.",
		}),
	}
	m.registry.MustRegister(m.answers, m.seconds, m.ready,
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC)), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Answered counts a question.
func (m *metrics) Answered(command, outcome string, took time.Duration) {
	m.answers.WithLabelValues(command, outcome).Inc()
	m.seconds.Observe(took.Seconds())
}

// State notes whether the bot is connected.
func (m *metrics) State(s bot.State) {
	m.ready.Set(0)
	if s == bot.StateReady {
		m.ready.Set(1)
	}
}

func (m *metrics) page() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
