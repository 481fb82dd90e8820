package main

import (
	"fmt"
	"os"
	"slices"
	"sync"
)

// rules stands in for a test: it notes where the bot broke a rule of Discord's.
type rules struct {
	mu       sync.Mutex
	broken   []string
	cleanups []func()
}

func (r *rules) Helper() {}

// Errorf notes a broken rule.
func (r *rules) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.broken = append(r.broken, fmt.Sprintf(format, args...))
}

// Fatalf ends the measurement.
func (r *rules) Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "load: "+format+"\n", args...)
	os.Exit(2)
}

// Cleanup keeps what is to be done at the end.
func (r *rules) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *rules) end() {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
}

func (r *rules) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.broken)
}
