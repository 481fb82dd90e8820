//go:build unix

package library_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"verbatim/corpus"
)

// fillDisk adds to a library, then may not write any file further than it reaches now, as on a
// full disk, and tries again. What is not as it should be it prints.
func fillDisk(folder string) {
	ctx := context.Background()
	l, store := mustOpen(folder)
	add := func(n int) error {
		_, err := l.Add(ctx, home, []corpus.Draft{variant("Ada", n)}, nil)
		return err
	}
	if err := add(1); err != nil {
		fmt.Println("adding with room:", err)
	}
	limit := func(bytes uint64) {
		r := syscall.Rlimit{Cur: bytes, Max: 1 << 40}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &r); err != nil {
			fmt.Println(err)
		}
	}
	for _, bytes := range []uint64{0, 512, 10_000, 40_000} {
		limit(bytes)
		err := add(2)
		limit(1 << 40)
		var refusal *corpus.Refusal
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Error(), "cannot write to my disk") {
			fmt.Printf("adding with %d bytes: %v\n", bytes, err)
		}
		limit(bytes)
		a, err := l.Answer(ctx, corpus.Question{Text: "Where did Sir Ada lose his sword?", Library: home})
		if err != nil || a.Outcome == corpus.Silence || !strings.Contains(a.Quotes[0].Text(), "Variant1 ") {
			fmt.Printf("asking with %d bytes: %+v, %v\n", bytes, a.Outcome, err)
		}
		limit(1 << 40)
		if got := state(ctx, store); got != "Ada=1" {
			fmt.Printf("with %d bytes it holds %s\n", bytes, got)
		}
	}
	if err := add(3); err != nil || state(ctx, store) != "Ada=3" {
		fmt.Println("adding with room again:", err, state(ctx, store))
	}
	fmt.Println("the end")
}

// TestFullDisk: asking goes on, adding is refused in a kind sentence, and it recovers.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	c, lines := child(t, "fill", t.TempDir())
	for lines.Scan() {
		if lines.Text() == "the end" {
			return
		}
		t.Error(lines.Text())
	}
	t.Errorf("it ended early: %v", c.Wait())
}
