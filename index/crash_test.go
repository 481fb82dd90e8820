//go:build unix

package index_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbatim/corpus"
	"verbatim/index"
)

// The tests here run this very test binary again, as a process that can be killed or given a disk
// that is full. These variables tell it what to do.
const (
	crashFolder = "VERBATIM_TEST_CRASH_FOLDER"
	crashLimit  = "VERBATIM_TEST_CRASH_LIMIT" // bytes that a file may have
	crashTimes  = "VERBATIM_TEST_CRASHES"     // how often to kill it; default 10
)

// ledger is a made story of some hundred passages.
func ledger(t testing.TB, revision string) *corpus.Story {
	t.Helper()
	var text strings.Builder
	var blocks []corpus.Block
	for i := range 300 {
		at := text.Len()
		fmt.Fprintf(&text, "In entry %d of ledger %s the keeper Orla Finn%d counted %d gannets. ", i, revision, i%17, i*i)
		blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: at, End: text.Len()}})
	}
	s, err := corpus.NewStory(corpus.Meta{Title: "Ledger " + revision}, text.String(), blocks)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func again(t *testing.T, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestChild$", "-test.count", "1")
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

// TestChild is what the other process does: it builds for ever, or once where files are limited.
func TestChild(t *testing.T) {
	folder := os.Getenv(crashFolder)
	if folder == "" {
		return
	}
	if limit := os.Getenv(crashLimit); limit != "" {
		buildLimited(t, folder, limit)
		return
	}
	for i := 0; ; i++ {
		revision := string(rune('a' + i%2))
		if err := index.Build(context.Background(), folder, revision, sequence(ledger(t, revision)), nil); err != nil {
			t.Fatal(err)
		}
		fmt.Println("built")
	}
}

func buildLimited(t *testing.T, folder, limit string) {
	signal.Ignore(syscall.SIGXFSZ)
	bytes, err := strconv.ParseUint(limit, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		t.Fatal(err)
	}
	if err := index.Build(context.Background(), folder, "b", sequence(ledger(t, "b")), nil); err == nil {
		t.Error("a full disk was not noticed")
	}
}

func TestBuild_leaves_a_whole_index_or_none_when_killed(t *testing.T) {
	t.Parallel()
	times := 10
	if n, err := strconv.Atoi(os.Getenv(crashTimes)); err == nil {
		times = n
	}
	folder := filepath.Join(t.TempDir(), "index")
	r := rand.New(rand.NewPCG(1, 1))
	for range times {
		killWhileBuilding(t, folder, time.Duration(r.IntN(60))*time.Millisecond)
		x, err := index.Open(folder)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		whole(t, x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killWhileBuilding kills the other process some time after it has built once.
func killWhileBuilding(t *testing.T, folder string, after time.Duration) {
	t.Helper()
	cmd := again(t, crashFolder+"="+folder)
	out, err := cmd.StdoutPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Wait() }() // it ends by a signal
	defer func() { _ = cmd.Process.Kill() }()
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
}

// whole checks that an index is that of the ledger that its revision names.
func whole(t *testing.T, x *index.Index) {
	t.Helper()
	want := corpus.EntryOf(ledger(t, x.Revision()))
	if got := x.Entries(""); len(got) != 1 || got[0] != want {
		t.Errorf("entries %+v, want %+v", got, want)
	}
	if a := ask(t, x, "How many gannets did Orla Finn5 count in entry 107?"); len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].SentenceText(), "ledger "+x.Revision()) {
		t.Errorf("revision %s: %s", x.Revision(), describe(a))
	}
	if err := x.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestBuild_leaves_the_old_index_on_a_full_disk(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "index")
	if err := index.Build(context.Background(), folder, "a", sequence(ledger(t, "a")), nil); err != nil {
		t.Fatal(err)
	}
	for _, limit := range []int{0, 512, 4 << 10, 16 << 10, 32 << 10, 64 << 10} {
		if out, err := again(t, crashFolder+"="+folder, crashLimit+"="+strconv.Itoa(limit)).CombinedOutput(); err != nil {
			t.Fatalf("with %d bytes a file: %v\n%s", limit, err, out)
		}
		if left, err := os.ReadDir(filepath.Dir(folder)); err != nil || len(left) != 1 {
			t.Errorf("with %d bytes a file: %v is left, %v", limit, left, err)
		}
		x, err := index.Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		whole(t, x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
