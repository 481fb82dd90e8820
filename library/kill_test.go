package library_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/library"
)

// The environment of a child, which is this test's binary: what it is to do, and in which folder.
const (
	childTask   = "VERBATIM_TEST_TASK"
	childFolder = "VERBATIM_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	switch os.Getenv(childTask) {
	case "change":
		changeForEver(os.Getenv(childFolder))
	case "fill":
		fillDisk(os.Getenv(childFolder))
	default:
		os.Exit(m.Run())
	}
}

// child starts this binary with a task; it is killed at the end of the test, if not before.
func child(t *testing.T, task, folder string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), exe)
	c.Env = append(os.Environ(), childTask+"="+task, childFolder+"="+folder)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

func mustOpen(folder string) (*library.Libraries, library.Store) {
	h, err := openHouse(folder, library.Options{})
	if err != nil {
		panic(err)
	}
	return h.Libraries, h.store
}

// variant is a story of a title, of several passages that tell which variant it is.
func variant(title string, n int) corpus.Draft {
	text := ""
	for i := range 40 {
		text += fmt.Sprintf("Sir %s of Variant%d lost sword number %d in Tornby.\n\n", title, n, i)
	}
	return corpus.Draft{Name: title + ".md", Title: title, Content: []byte(text), AddedBy: "7"}
}

var titles = []string{"Ada", "Bo", "Cy"}

// state is which variant of each title a library has, as words: "Ada=4 Bo=2".
func state(ctx context.Context, store library.Store) string {
	stories, _, err := store.Stories(ctx, home)
	if err != nil {
		panic(err)
	}
	var all []string
	for _, s := range stories {
		_, rest, _ := strings.Cut(s.Text, "Variant")
		n, _, _ := strings.Cut(rest, " ")
		all = append(all, s.Title+"="+n)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// after is the state that a change leads to: "Ada=5" adds or replaces, "Ada=" removes.
func changed(state, change string) string {
	title, n, _ := strings.Cut(change, "=")
	all := slices.DeleteFunc(strings.Fields(state), func(s string) bool { return strings.HasPrefix(s, title+"=") })
	if n != "" {
		all = append(all, change)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// changeForEver changes a library until it is killed. It says what it tries, and when that is
// acknowledged.
func changeForEver(folder string) {
	ctx := context.Background()
	l, store := mustOpen(folder)
	for n := int(time.Now().UnixMicro() % 1e9); ; n++ {
		change := titles[rand.IntN(len(titles))] + "="
		title := strings.TrimSuffix(change, "=")
		stored, err := store.Library(ctx, home)
		if err != nil {
			panic(err)
		}
		i := slices.IndexFunc(stored.Entries, func(e corpus.Entry) bool { return e.Title == title })
		if i >= 0 && rand.IntN(3) == 0 {
			fmt.Println("try " + change)
			_, err = l.Remove(ctx, home, stored.Entries[i].ID, "7")
		} else {
			change += strconv.Itoa(n)
			fmt.Println("try " + change)
			_, err = l.Add(ctx, home, []corpus.Draft{variant(title, n)}, nil)
		}
		if err != nil {
			panic(err)
		}
		fmt.Println("done " + change)
	}
}

// kills is how many times the child is killed: a few, or as many as VERBATIM_KILLS says.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("VERBATIM_KILLS")); err == nil {
		return n
	}
	return 5
}

// TestKill kills a process that adds and removes, at any moment. Afterwards the library is what
// was acknowledged, or that with the change that was under way, and answers as a fresh index does.
func TestKill(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	acknowledged := ""
	ended := map[string]int{}
	for range kills() {
		var how string
		acknowledged, how = killed(t, folder, acknowledged)
		ended[how]++
	}
	t.Logf("killed: %v", ended)
}

// killed kills one child, and returns what the library is after it and how much of the change
// that was under way is in it.
func killed(t *testing.T, folder, acknowledged string) (now, how string) {
	c, lines := child(t, "change", folder)
	trying, until := "", rand.IntN(4)
	for n := 0; lines.Scan(); {
		what, change, _ := strings.Cut(lines.Text(), " ")
		switch {
		case what == "done":
			acknowledged, trying = changed(acknowledged, change), ""
			n++
		case what == "try":
			trying = change
			if n == until {
				time.AfterFunc(time.Duration(rand.IntN(400_000))*time.Microsecond, func() { c.Process.Kill() })
			}
		}
	}
	c.Wait()

	h := open(t, folder, library.Options{})
	defer h.close()
	got := state(t.Context(), h.store)
	switch {
	case trying == "" && got == acknowledged:
		how = "between changes"
	case got == acknowledged:
		how = "before the change"
	case trying != "" && got == changed(acknowledged, trying):
		how = "after the change"
	default:
		t.Fatalf("it holds %q; acknowledged was %q, under way %q", got, acknowledged, trying)
	}
	answersAsFresh(t, h)
	return got, how
}

// answersAsFresh compares what a library answers with what a fresh one of the same stories does.
func answersAsFresh(t *testing.T, h *house) {
	stories, _, err := h.store.Stories(t.Context(), home)
	if err != nil {
		t.Fatal(err)
	}
	again := open(t, t.TempDir(), library.Options{})
	defer again.close()
	for _, s := range stories {
		again.add(t, home, corpus.Draft{Name: s.Source, Title: s.Title, Content: []byte(s.Text), AddedBy: "7"})
	}
	for _, title := range titles {
		for _, q := range []string{"Where did Sir " + title + " lose his sword?", "/quote sword number 7"} {
			if diff := cmp.Diff(again.quotes(t, q), h.quotes(t, q)); diff != "" {
				t.Errorf("%s (-fresh +got):\n%s", q, diff)
			}
		}
	}
}

func (h *house) quotes(t *testing.T, question string) (all []string) {
	q := corpus.ParseQuestion(question)
	q.Library = home
	a, err := h.Answer(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, quote := range a.Quotes {
		all = append(all, fmt.Sprintf("%s %s %.6f", a.Outcome, quote.SentenceText(), quote.Score))
	}
	return all
}
