// Command sizes measures how the index does as stories become many, beside plain Bleve and SQLite's
// full-text search on the same stories and questions, and prints a table:
//
//	go run ./index/sizes -passages 40,646,100000,1000000
//
// or, with -servers 2000, how many small libraries do, each of one story and open at once.
//
// It makes the stories itself, always the same ones: words as frequent as they are in English,
// names as frequent as Zipf's law has them. Each system is built and asked in a process of its
// own, so that the memory of one does not count for another. It needs Linux.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	sizes := flag.String("passages", "40,646,100000,1000000", "how many `passages`, one row each")
	systems := flag.String("systems", "verbatim,bleve,sqlite", "which `systems`")
	child := flag.String("child", "", "what a child process does (for the program itself)")
	servers := flag.Int("servers", 0, "how many libraries of one story to open, instead of the table")
	folder := flag.String("folder", os.TempDir(), "where the indexes are written meanwhile")
	flag.Parse()
	var err error
	if *servers > 0 {
		err = openMany(*folder, *servers)
	} else {
		err = run(*child, *folder, strings.Split(*systems, ","), strings.Split(*sizes, ","))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sizes:", err)
		os.Exit(1)
	}
}

func run(child, folder string, systems, sizes []string) error {
	if child != "" {
		return inChild(child, folder, systems[0], sizes[0])
	}
	fmt.Println("| passages | system | added a second | processor time to add one | peak memory while adding | on disk | cold open | questions | p50 | p99 | processor time p50 | p99 | heap a passage | resident a passage |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, size := range sizes {
		if err := rows(folder, size, systems); err != nil {
			return err
		}
	}
	return nil
}

// rows measures all systems at one size.
func rows(folder, size string, systems []string) (err error) {
	n, err := strconv.Atoi(size)
	if err != nil || n <= 0 {
		return fmt.Errorf("%q is no number of passages", size)
	}
	folder, err = os.MkdirTemp(folder, "sizes-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err := writeStories(filepath.Join(folder, written), newWorld(n).stories()); err != nil {
		return err
	}
	for _, system := range systems {
		r, err := measure(folder, system, size)
		if err != nil {
			return fmt.Errorf("%s at %s passages: %w", system, size, err)
		}
		fmt.Println(r.row(system, size))
	}
	return nil
}

// result is what one system does at one size.
type result struct {
	Passages       int
	Adding, AddCPU time.Duration
	Peak           int64 // bytes resident at most while adding
	Disk           int64
	Asked          int
	Open, P50, P99 time.Duration
	CPU50, CPU99   time.Duration // of the thread that answers: what p50 and p99 are on an idle machine
	Heap, Resident int64         // bytes, after the questions
}

func (r result) row(system, size string) string {
	n := int64(r.Passages)
	return fmt.Sprintf("| %s | %s | %.0f | %.0f µs | %d MB | %d MB | %.1f ms | %d | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %d B | %d B |", size, system,
		float64(n)/r.Adding.Seconds(), float64(r.AddCPU.Microseconds())/float64(n), r.Peak>>20, r.Disk>>20, ms(r.Open), r.Asked, ms(r.P50), ms(r.P99), ms(r.CPU50), ms(r.CPU99), r.Heap/n, r.Resident/n)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// written is the file of the stories that all systems read.
const written = "stories"

// measure builds and asks a system, in two processes.
func measure(folder, system, size string) (r result, err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Join(folder, system))) }()
	for _, task := range []string{"build", "ask"} {
		cmd := exec.Command(os.Args[0], "-child", task, "-folder", folder, "-systems", system, "-passages", size)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return r, err
		}
		if err := json.Unmarshal(out, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// inChild does one task and writes what it adds to the result.
func inChild(task, folder, name, size string) error {
	n, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	s := systems[name]
	if s == nil {
		return fmt.Errorf("there is no system %q", name)
	}
	var out map[string]any
	if task == "build" {
		out, err = building(s, filepath.Join(folder, name), n, readStories(filepath.Join(folder, written)))
	} else {
		out, err = asking(s, filepath.Join(folder, name), n)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}
