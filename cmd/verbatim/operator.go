package main

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"verbatim/config"
	"verbatim/corpus"
	"verbatim/corpus/reader"
)

// operator keeps the stories that every server may quote as their files are.
type operator struct {
	into interface {
		SetOperator(ctx context.Context, stories []*corpus.Story) error
	}
	reader *reader.Reader
	paths  []string // none: what is mounted, or the built-in story
	log    *slog.Logger

	digest   [sha256.Size]byte // of the files as they were when they were read
	reported map[string]bool   // what was said of files, so as not to say it again
}

func newOperator(l *libraries, paths []string, log *slog.Logger) *operator {
	return &operator{into: l, reader: l.reader, paths: paths, log: log, reported: map[string]bool{}}
}

// files are the files and folders to look at.
func (o *operator) files() []string {
	if len(o.paths) == 0 {
		return []string{config.Mounted}
	}
	return o.paths
}

// read reads the stories and makes them those of the operator. Where it fails, those from
// before stay.
func (o *operator) read(ctx context.Context) error {
	start := time.Now()
	o.digest = reader.Digest(o.files())
	stories, skipped, err := readStories(o.reader, o.paths)
	if err != nil {
		return err
	}
	o.report(skipped)
	if err := o.into.SetOperator(ctx, stories); err != nil {
		return err
	}
	o.log.Info("stories are indexed", "stories", len(stories), "took", time.Since(start).String())
	return nil
}

// report logs what has not been logged already.
func (o *operator) report(skipped []error) {
	now := map[string]bool{}
	for _, s := range skipped {
		if now[s.Error()] = true; !o.reported[s.Error()] {
			o.log.Warn("skipped a file", "reason", s)
		}
	}
	o.reported = now
}

// readIfChanged reads the stories again where a file is not as it was.
func (o *operator) readIfChanged(ctx context.Context) {
	if reader.Digest(o.files()) != o.digest {
		o.readAgain(ctx)
	}
}

func (o *operator) readAgain(ctx context.Context) {
	if err := o.read(ctx); err != nil && ctx.Err() == nil {
		o.log.Error("the stories cannot be read again; those from before are still quoted", "reason", err)
	}
}

const (
	// pollEvery is how often files are compared whatever the system says: of mounts from networks
	// and from other systems it says nothing.
	pollEvery = 30 * time.Second
	// settling is how long after the first sign of a change files are read: copying takes a while.
	settling = time.Second
)

// watch reads the stories again when their files change and on SIGHUP, until ctx ends.
func (o *operator) watch(ctx context.Context) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	changed := make(chan struct{}, 1)
	look := signs(ctx, changed, o.log)
	tell(changed) // of what changed before anybody looked
	for {
		look(o.files())
		select {
		case <-ctx.Done():
			return
		case <-changed:
			settle(ctx)
			o.readIfChanged(ctx)
		case <-poll.C:
			o.readIfChanged(ctx)
		case <-hangup:
			o.log.Info("reading the stories again, after SIGHUP")
			o.readAgain(ctx)
		}
	}
}

func settle(ctx context.Context) {
	select {
	case <-time.After(settling):
	case <-ctx.Done():
	}
}
