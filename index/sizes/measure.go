package main

import (
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"verbatim/corpus"
)

// system is one that is measured.
type system interface {
	// build indexes stories into a folder.
	build(folder string, stories iter.Seq2[*corpus.Story, error]) error
	// open opens what was built, to be asked.
	open(folder string) (ask func(question string) error, err error)
}

var systems = map[string]system{"verbatim": verbatimSystem{}, "bleve": bleveSystem{}, "sqlite": sqliteSystem{}}

func building(s system, folder string, passages int, stories iter.Seq2[*corpus.Story, error]) (map[string]any, error) {
	_, before := memory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // VmHWM starts anew
		return nil, err
	}
	start, startCPU := time.Now(), cpu(unix.CLOCK_PROCESS_CPUTIME_ID)
	err := s.build(folder, stories)
	took, tookCPU := time.Since(start), cpu(unix.CLOCK_PROCESS_CPUTIME_ID)-startCPU
	return map[string]any{"Passages": passages, "Adding": took, "AddCPU": tookCPU, "Peak": status("VmHWM") - before, "Disk": sizeOf(folder)}, err
}

const (
	// warmUp and asked are how many questions are asked before measuring and for it, within the time for each. A
	// system that needs longer for few is asked those.
	warmUp, warmUpTime = 100, 20 * time.Second
	asked, askedTime   = 1000, 2 * time.Minute
	few                = 20
)

func asking(s system, folder string, passages int) (map[string]any, error) {
	questions := newWorld(passages).questions(warmUp + asked)
	if err := chill(folder); err != nil {
		return nil, err
	}
	heap, resident := memory()
	start := time.Now()
	ask, err := s.open(folder)
	opened := time.Since(start)
	if err != nil {
		return nil, err
	}
	runtime.LockOSThread()
	var took, tookCPU []time.Duration
	warmedUp := func(i int, took time.Duration) bool { return i >= warmUp || i > 1 && took > warmUpTime }
	i := 0
	for begin := time.Now(); !warmedUp(i, time.Since(begin)); i++ {
		if err := ask(questions[i]); err != nil {
			return nil, err
		}
	}
	begin := time.Now()
	for _, q := range questions[i : i+asked] {
		start, startCPU := time.Now(), cpu(unix.CLOCK_THREAD_CPUTIME_ID)
		if err := ask(q); err != nil {
			return nil, err
		}
		took, tookCPU = append(took, time.Since(start)), append(tookCPU, cpu(unix.CLOCK_THREAD_CPUTIME_ID)-startCPU)
		if time.Since(begin) > askedTime && len(took) >= few {
			break
		}
	}
	slices.Sort(took)
	slices.Sort(tookCPU)
	heapAfter, residentAfter := memory()
	runtime.KeepAlive(ask)
	return map[string]any{"Asked": len(took), "Open": opened, "P50": took[len(took)/2], "P99": took[len(took)*99/100], "CPU50": tookCPU[len(took)/2], "CPU99": tookCPU[len(took)*99/100],
		"Heap": heapAfter - heap, "Resident": residentAfter - resident}, nil
}

// cpu is the processor time that the process or the thread has had, by a clock of that.
func cpu(clock int32) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// memory is what is in use: of Go's heap, and resident in all.
func memory() (heap, resident int64) {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc), status("VmRSS")
}

// status reads a line of /proc/self/status, in bytes.
func status(name string) int64 {
	raw, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}

func sizeOf(folder string) (sum int64) {
	_ = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			sum += info.Size()
		}
		return nil
	})
	return sum
}

// chill makes the system forget what it read of a folder, so that what comes next is cold.
func chill(folder string) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Sync(); err != nil {
			return err
		}
		return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	})
}
