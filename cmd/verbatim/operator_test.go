package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/corpus/reader"
)

// titles are the stories that an operator set last, for a test.
type titles struct{ last chan string }

func (s titles) SetOperator(_ context.Context, stories []*corpus.Story) error {
	var all []string
	for _, story := range stories {
		all = append(all, story.Title)
	}
	s.last <- strings.Join(all, ", ")
	return nil
}

// operating is an operator over a folder with one file, and what it logs.
func operating(t *testing.T) (o *operator, set titles, write func(name, text string), log *bytes.Buffer) {
	folder := t.TempDir()
	write = func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set, log = titles{make(chan string, 9)}, &bytes.Buffer{}
	write("a.txt", "One is here.")
	o = &operator{into: set, reader: new(reader.Reader), paths: []string{folder}, reported: map[string]bool{},
		log: slog.New(slog.NewTextHandler(log, nil))}
	if err := o.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	return o, set, write, log
}

func TestOperator_reads_again_what_changed(t *testing.T) {
	t.Parallel()
	o, set, write, log := operating(t)
	o.readIfChanged(t.Context())
	write("b.txt", "Two is here.")
	write("bad.txt", "")
	o.readIfChanged(t.Context())
	o.readIfChanged(t.Context())
	write("c.txt", "Three is here.")
	o.readIfChanged(t.Context())
	close(set.last)
	var got []string
	for s := range set.last {
		got = append(got, s)
	}
	if want := "A|A, B|A, B, C"; strings.Join(got, "|") != want {
		t.Errorf("set %q, want %s", got, want)
	}
	if n := strings.Count(log.String(), "bad.txt"); n != 1 {
		t.Errorf("the bad file is reported %d times:\n%s", n, log)
	}
}

func TestOperator_keeps_what_was_there_when_nothing_can_be_read(t *testing.T) {
	t.Parallel()
	o, set, _, log := operating(t)
	<-set.last
	if err := os.RemoveAll(o.paths[0]); err != nil {
		t.Fatal(err)
	}
	o.readIfChanged(t.Context())
	if len(set.last) > 0 || !strings.Contains(log.String(), "from before are still quoted") {
		t.Errorf("%d were set, log: %s", len(set.last), log)
	}
	before := log.Len()
	o.readIfChanged(t.Context())
	if log.Len() > before {
		t.Errorf("it is said again: %s", log)
	}
}

func TestOperator_watches(t *testing.T) {
	t.Parallel()
	o, set, write, _ := operating(t)
	<-set.last
	ctx, end := context.WithCancelCause(t.Context())
	ended := make(chan struct{})
	go func() {
		o.watch(ctx)
		close(ended)
	}()
	write("b.txt", "Two is here.")
	if got := <-set.last; got != "A, B" {
		t.Errorf("set %q", got)
	}
	write("c.txt", "Three is here.")
	if got := <-set.last; got != "A, B, C" {
		t.Errorf("set %q", got)
	}
	end(errors.New("the test ends"))
	<-ended
}
