package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// sample is what the bot needed at some time.
type sample struct {
	at                       time.Time
	memory, heap, goroutines float64 // resident and live, in bytes
	libraries                float64 // open; each has a goroutine of its own
	processor, ours          float64 // seconds so far: the bot's, and this program's
	excuses                  float64 // answers so far that were none
}

// steady is how many goroutines there are beside those of the open libraries.
func (s sample) steady() float64 { return s.goroutines - s.libraries }

// sample looks at the bot's metrics every few seconds.
func (p *program) sample(ctx context.Context) {
	for tick := time.Tick(2 * time.Second); ; {
		if s, err := p.look(); err == nil {
			p.mu.Lock()
			p.samples = append(p.samples, s)
			p.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}

// restTime is how long the bot gets to rest: connections to Discord stay open for a while.
const restTime = time.Minute

// rest takes a last sample, when the bot has come to rest after all is answered.
func (p *program) rest() {
	for deadline := time.Now().Add(restTime); ; time.Sleep(time.Second) {
		s, err := p.look()
		if err == nil && s.steady() <= p.samples[0].steady() || time.Now().After(deadline) {
			p.mu.Lock()
			p.samples = append(p.samples, s)
			p.mu.Unlock()
			p.left = p.more()
			return
		}
	}
}

// excuses are the outcomes of questions that were answered with a sentence about why not.
var excuses = []string{"error", "timeout", "crowded", "limited"}

func (p *program) look() (sample, error) {
	answer, err := http.Get("http://" + p.pages + "/metrics")
	if err != nil {
		return sample{}, err
	}
	defer answer.Body.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(answer.Body)
	if err != nil {
		return sample{}, err
	}
	value := func(name string) float64 {
		f := families[name]
		if f == nil || len(f.Metric) == 0 {
			return 0
		}
		return f.Metric[0].GetGauge().GetValue() + f.Metric[0].GetCounter().GetValue()
	}
	s := sample{at: time.Now(), memory: value("process_resident_memory_bytes"), heap: value("go_gc_heap_live_bytes"),
		goroutines: value("go_goroutines"), libraries: value("verbatim_libraries_open"), processor: value("process_cpu_seconds_total"), ours: ownProcessor()}
	for _, m := range families["verbatim_answers_total"].GetMetric() {
		for _, l := range m.Label {
			if l.GetName() == "outcome" && slices.Contains(excuses, l.GetValue()) {
				s.excuses += m.GetCounter().GetValue()
			}
		}
	}
	if s.memory == 0 || s.heap == 0 {
		return s, errors.New("the metrics of Go or of the process are missing")
	}
	return s, nil
}

// stacks are the bot's goroutines, by where they stand; none where it does not tell.
func (p *program) stacks() map[string]int {
	answer, err := http.Get("http://" + p.pages + "/debug/pprof/goroutine?debug=1")
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	profile, _ := io.ReadAll(answer.Body) // what there is of it
	counts := map[string]int{}
	for entry := range strings.SplitSeq(string(profile), "\n\n") {
		var n int
		if head, stack, ok := strings.Cut(entry, "\n#"); ok {
			_, _ = fmt.Sscanf(head[strings.LastIndex(head, "\n")+1:], "%d @", &n) // the first has a line before it
			counts["#"+stack] += n
		}
	}
	return counts
}

// more are the goroutines that there are more of than at first.
func (p *program) more() []string {
	var more []string
	for stack, n := range p.stacks() {
		if before := p.first[stack]; n > before {
			more = append(more, fmt.Sprintf("%d in place of %d at\n%s", n, before, stack))
		}
	}
	slices.Sort(more)
	return more
}

// ownProcessor is how many seconds of processor time this program has used.
func ownProcessor() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // fails for a wrong argument only
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}
