package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"
)

// goal is what is wanted of a run.
type goal struct {
	p99, max time.Duration
	memory   float64 // MiB
}

// report is what a run showed.
type report struct {
	rows   []row
	charts []string
	notes  []string
}

// row is one figure.
type row struct {
	what, figure, goal string
	missed             bool
}

func (r *report) add(what, figure string) { r.rows = append(r.rows, row{what: what, figure: figure}) }

func (r *report) judge(what, figure, goal string, reached bool) {
	r.rows = append(r.rows, row{what, figure, goal, !reached})
}

// mostListed is how many of the broken rules, and of the lost questions, are listed.
const mostListed = 50

func newReport(o options, p *people, bot *program, w *weather, broken []string, added shelf) *report {
	r := &report{}
	r.questions(o, p, len(broken), bot.errorLines())
	r.add("stories added, refused", fmt.Sprintf("%d, %d", added.added, added.refused))
	r.latencies(o, p.latencies)
	bot.mu.Lock()
	defer bot.mu.Unlock()
	r.needs(o, bot.samples)
	if !r.good() {
		for _, g := range bot.left {
			r.notes = append(r.notes, "goroutines: "+g)
		}
	}
	for _, b := range broken[:min(len(broken), mostListed)] {
		r.notes = append(r.notes, "broken: "+b)
	}
	for _, l := range p.losses[:min(len(p.losses), mostListed)] {
		r.notes = append(r.notes, fmt.Sprintf("lost: %s %s, asked at %v, %s; the log: %s", l.what, l.id, l.at.Sub(p.began).Round(time.Millisecond), w.around(l.at), bot.said(l.id)))
	}
	return r
}

// questions tells what became of the questions.
func (r *report) questions(o options, p *people, broken, errors int) {
	r.add("offered", fmt.Sprintf("%d, %.0f/s", p.offered, float64(p.offered)/o.duration.Seconds()))
	r.add("answered", fmt.Sprint(p.outcomes[answered]))
	without := p.outcomes[lost]
	if o.faults == 0 { // nobody but the bot is to blame
		without += p.outcomes[late] + p.outcomes[missed] + p.outcomes[failed]
	}
	r.judge("lost", fmt.Sprint(without), "0", without == 0)
	r.judge("answered twice", fmt.Sprint(p.outcomes[twice]), "0", p.outcomes[twice] == 0)
	r.judge("rules of Discord's broken", fmt.Sprint(broken), "0", broken == 0)
	if o.faults > 0 {
		r.add("asked without a session", fmt.Sprint(p.outcomes[missed]))
		r.add("came by RESUME after 2 s, unanswered", fmt.Sprint(p.outcomes[late]))
		r.add("met by injected faults", fmt.Sprint(p.outcomes[failed]))
	}
	r.add("errors in the log", fmt.Sprint(errors))
}

// latencies tells how long people waited.
func (r *report) latencies(o options, all []latency) {
	if len(all) == 0 {
		r.judge("answers", "none", "some", false)
		return
	}
	took := make([]time.Duration, len(all))
	for i, l := range all {
		took[i] = l.took
	}
	slices.Sort(took)
	at := func(share float64) time.Duration { return took[min(len(took)-1, int(share*float64(len(took))))] }
	r.add("first response, p50", milliseconds(at(.5)))
	if o.faults > 0 { // people wait while Discord is unwell, whatever the bot does
		r.add("first response, p99", milliseconds(at(.99)))
		r.add("first response, longest", milliseconds(at(1)))
	} else {
		r.judge("first response, p99", milliseconds(at(.99)), "≤ "+milliseconds(o.goal.p99), at(.99) <= o.goal.p99)
		r.judge("first response, longest", milliseconds(at(1)), "≤ "+milliseconds(o.goal.max), at(1) <= o.goal.max)
	}
	r.charts = append(r.charts, latencyChart("p50", .5, o.duration, all), latencyChart("p99", .99, o.duration, all))
}

// warmUp is how long the bot warms up: until the library of each server is as large as it will be
// (see mostOwn), and for a tenth of the run at least.
func (o options) warmUp() time.Duration {
	full := 0.
	if o.stories > 0 {
		full = float64(mostOwn*o.servers) / o.stories
	}
	return max(o.duration/10, time.Duration(full*float64(time.Minute)))
}

// needs tells what the bot needed.
func (r *report) needs(o options, s []sample) {
	if len(s) < 5 {
		r.judge("samples of the metrics", fmt.Sprint(len(s)), "≥ 5", false)
		return
	}
	excuses := s[len(s)-1].excuses
	r.judge("of the answers, excuses", fmt.Sprintf("%.0f", excuses), "0", excuses == 0)
	memory, heap, goroutines := column(s, func(s sample) float64 { return s.memory / (1 << 20) }), column(s, func(s sample) float64 { return s.heap / (1 << 20) }), column(s, sample.steady)
	most := slices.Max(memory)
	r.judge("resident memory, most", fmt.Sprintf("%.0f MiB", most), fmt.Sprintf("≤ %.0f MiB", o.goal.memory), most <= o.goal.memory)
	tenth := max(1, len(heap)/10)
	after := median(heap[len(heap)-tenth:])
	if warm := o.warmUp(); o.duration >= max(2*warm, 10*time.Minute) { // a shorter run says nothing about growth
		from := int(float64(len(heap)) * float64(warm) / float64(o.duration))
		before := median(heap[from : from+tenth])
		growth := 100 * (after/before - 1)
		r.judge("live heap, after warming up, at the end", fmt.Sprintf("%.1f, %.1f MiB (%+.1f %%)", before, after, growth), "< +5 %", growth < 5)
	} else {
		r.add("live heap, at the end", fmt.Sprintf("%.1f MiB", after))
	}
	r.charts = append(r.charts, chart("heap", "MiB", spread(heap)))
	baseline, end := goroutines[0], goroutines[len(s)-1]
	r.judge("goroutines, at first, most, at rest", fmt.Sprintf("%.0f, %.0f, %.0f", baseline, slices.Max(goroutines), end), "back to the first", end <= baseline)
	first, last := s[0], s[len(s)-2] // the last one is at rest
	seconds := last.at.Sub(first.at).Seconds()
	r.add("processors, the bot, this program", fmt.Sprintf("%.2f, %.2f of %d", (last.processor-first.processor)/seconds, (last.ours-first.ours)/seconds, runtime.NumCPU()))
	r.charts = append(r.charts, chart("memory", "MiB", spread(memory)))
}

func column(s []sample, of func(sample) float64) []float64 {
	out := make([]float64, len(s))
	for i := range s {
		out[i] = of(s[i])
	}
	return out
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
}

func (r *report) good() bool {
	return !slices.ContainsFunc(r.rows, func(r row) bool { return r.missed })
}

func (r *report) print(out io.Writer) {
	fmt.Fprintln(out)
	for _, row := range r.rows {
		mark := ""
		switch {
		case row.missed:
			mark = "missed, wanted " + row.goal
		case row.goal != "":
			mark = "wanted " + row.goal
		}
		fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("  %-40s %-28s %s", row.what, row.figure, mark), " "))
	}
	fmt.Fprintln(out)
	for _, c := range r.charts {
		fmt.Fprintln(out, "  "+c)
	}
	for _, n := range r.notes {
		fmt.Fprintln(out, "  "+n)
	}
}
