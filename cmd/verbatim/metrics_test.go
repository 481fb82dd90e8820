package main

import (
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/config"
)

// exposed are the names of all metrics, once everything has happened.
func exposed(t *testing.T) map[string]bool {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	l, err := openLibraries(t.Context(), config.Config{Data: t.TempDir()}, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	b, err := bot.New("token", l, l, log, bot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := newMetrics()
	m.watch(b, l.Libraries)
	m.Answered("who", "answer", time.Millisecond)
	m.Requested("GET /users/@me", "200", time.Millisecond)
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range families {
		names[f.GetName()] = true
	}
	return names
}

var (
	named  = regexp.MustCompile(`\b(?:verbatim|go|process)_[a-z_]+\b`)
	suffix = regexp.MustCompile(`_(?:bucket|count|sum)$`)
)

// TestMonitoring compares the metrics with the files that name them.
func TestMonitoring(t *testing.T) {
	t.Parallel()
	names := exposed(t)
	for _, file := range []string{"alerts.yaml", "grafana.json"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		found := named.FindAllString(string(raw), -1)
		if len(found) == 0 {
			t.Errorf("%s names no metrics", file)
		}
		for _, name := range found {
			if !names[name] && !names[suffix.ReplaceAllString(name, "")] {
				t.Errorf("%s names %s, which /metrics does not have", file, name)
			}
		}
	}
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if strings.HasPrefix(name, "verbatim_") && !strings.Contains(string(raw), "`"+name) {
			t.Errorf("docs/operations.md does not name %s", name)
		}
	}
	for _, name := range regexp.MustCompile("`(verbatim_[a-z_]+)").FindAllStringSubmatch(string(raw), -1) {
		if !names[name[1]] {
			t.Errorf("docs/operations.md names %s, which /metrics does not have", name[1])
		}
	}
}
