package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"verbatim/corpus"
	"verbatim/index"
)

// aStory is how many passages the story of a small library has.
const aStory = 40

// openMany builds small libraries, opens them all, asks each a question, and says what that took.
func openMany(folder string, servers int) (err error) {
	folder, err = os.MkdirTemp(folder, "sizes-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	w := newWorld(aStory)
	question := corpus.ParseQuestion(w.questions(1)[0])
	path := func(i int) string { return filepath.Join(folder, strconv.Itoa(i)) }
	start := time.Now()
	for i := range servers {
		if err := index.Build(context.Background(), path(i), "", w.stories(), nil); err != nil {
			return err
		}
	}
	built := time.Since(start)
	if err := chill(folder); err != nil {
		return err
	}
	heap, _ := memory()
	anonymous, mapped := status("RssAnon"), status("RssFile")
	var open []*index.Index
	var took []time.Duration
	for i := range servers {
		start := time.Now()
		x, err := index.Open(path(i))
		if err != nil {
			return err
		}
		took = append(took, time.Since(start))
		open = append(open, x)
		if _, err := x.Answer(context.Background(), question); err != nil {
			return err
		}
	}
	slices.Sort(took)
	heapAfter, _ := memory()
	fmt.Printf("%d libraries of %d passages: built in %.1f ms each, opened cold in p50 %.2f ms, p99 %.2f ms; once asked, each takes %d KB of heap, %d KB of memory in all and %d KB of mapped files, which the system can take back, and %.1f goroutines\n",
		servers, aStory, ms(built)/float64(servers), ms(took[len(took)/2]), ms(took[len(took)*99/100]),
		(heapAfter-heap)/int64(servers)>>10, (status("RssAnon")-anonymous)/int64(servers)>>10, (status("RssFile")-mapped)/int64(servers)>>10, float64(runtime.NumGoroutine())/float64(servers))
	for _, x := range open {
		err = errors.Join(err, x.Close())
	}
	return err
}
