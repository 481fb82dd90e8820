package library_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/library"
)

// BenchmarkServers asks each of 2,000 servers, which have a story each, and says what memory that
// takes: the heap, and all of the process. The first round makes the indexes, the second opens
// them again.
func BenchmarkServers(b *testing.B) {
	const servers = 2000
	h := open(b, b.TempDir(), library.Options{})
	if err := h.SetOperator(b.Context(), []*corpus.Story{reader.BuiltIn()}); err != nil {
		b.Fatal(err)
	}
	id := func(n int) corpus.LibraryID { return corpus.LibraryID(strconv.Itoa(100000000000000000 + n)) }
	for n := range servers {
		text := strings.ReplaceAll(lighthouse, "Quill", fmt.Sprintf("Quill%d", n))
		story, err := reader.Read("lighthouse.md", []byte(strings.Repeat(text, 20)))
		if err != nil {
			b.Fatal(err)
		}
		e := corpus.Edit{Library: id(n), Revision: int64(n + 1), Add: []corpus.Stored{{Story: story, Added: time.Now()}}}
		if err := h.store.Edit(context.Background(), e); err != nil {
			b.Fatal(err)
		}
	}
	l, err := library.New(b.Context(), h.store, nil, library.Options{Folder: h.folder + "/index"})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	round := func() time.Duration {
		start := time.Now()
		for n := range servers {
			a, err := l.Answer(context.Background(), corpus.Question{Text: "Who painted the lantern room green?", Library: id(n)})
			if err != nil || a.Outcome != corpus.Answered {
				b.Fatal(a.Outcome, err)
			}
		}
		return time.Since(start) / servers
	}
	first, again := round(), time.Duration(0)
	for b.Loop() {
		again = round()
	}
	b.ReportMetric(float64(first.Microseconds())/1000, "ms/first")
	b.ReportMetric(float64(again.Microseconds())/1000, "ms/again")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
	b.ReportMetric(resident(b)/(1<<20), "MB-resident")
	b.ReportMetric(0, "ns/op")
}

// resident is the memory of this process in bytes; 0 where the system does not say.
func resident(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes * 1024
}
