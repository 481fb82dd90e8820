package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"time"

	"verbatim/corpus"
)

// The limits of the process that reads one file.
const (
	// maxProcessor is how much processor time a file may cost: twice what a PDF of 1,000 pages
	// does. Time on the clock says little on a machine with other work: maxTime is there for what
	// waits and does not compute.
	maxProcessor = 20 * time.Second
	maxTime      = time.Minute
	// coldTime is what compiling PDFium may take beside, which is not the file's fault.
	coldTime  = 2 * time.Minute
	maxMemory = 512 << 20 // bytes that it may hold; [Child] keeps them

	// maxAnswer is how many bytes it may answer: the text and the places of its blocks.
	maxAnswer = 2 * MaxBytes
)

const (
	tooSlow  = fault("takes too long to read, so I gave up; please split it, or save it as plain text.")
	tooHeavy = fault("needs too much memory to read; please split it, or save it as plain text.")
	fatal    = fault("cannot be read: it is broken in a way that I do not know; please save it again, or as plain text.")
)

// answer is what the process that reads a file has to say: a line of JSON, and the text behind
// it.
type answer struct {
	Fault fault

	Title, Author string
	Blocks        []corpus.Block
}

// parseApart reads a file in a process of its own, which knows none of our secrets and can be
// ended at any time. A few of them run at once; others wait.
func (r *Reader) parseApart(ctx context.Context, f format, raw []byte) (*document, error) {
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	limit := maxTime
	if f == pdfFile && r.Prepare(ctx) != nil {
		limit += coldTime
	}
	out, err := r.child(ctx, limit, raw)
	if err != nil {
		return nil, err
	}
	return parseAnswer(out)
}

// parseAnswer takes a child's word for nothing that its story could break.
func parseAnswer(out []byte) (*document, error) {
	var a answer
	header, text, _ := bytes.Cut(out, []byte("\n"))
	if err := json.Unmarshal(header, &a); err != nil {
		return nil, fatal
	}
	d := &document{Title: a.Title, Author: a.Author, Text: string(text), Blocks: a.Blocks}
	switch {
	case a.Fault != "":
		return nil, a.Fault
	case !d.isSound():
		return nil, fatal
	}
	return d, nil
}

// child runs the command, and returns what it writes.
func (r *Reader) child(ctx context.Context, limit time.Duration, raw []byte, arguments ...string) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out, complaint capped
	out.most, complaint.most = maxAnswer, 4<<10
	cmd := exec.CommandContext(limited, r.command[0], append(append(r.command[1:len(r.command):len(r.command)], "--cache", r.cache), arguments...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(raw), &out, &complaint
	// No secret is in its environment. The garbage collector works hard before the limit.
	cmd.Env = []string{fmt.Sprintf("GOMEMLIMIT=%d", maxMemory*3/5), "GOTRACEBACK=none"}
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	exited := (*exec.ExitError)(nil)
	switch {
	case err == nil:
		return out.kept.Bytes(), nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.full:
		return nil, bomb
	case limited.Err() != nil, bytes.Contains(complaint.kept.Bytes(), []byte(outOfTime)):
		return nil, tooSlow
	case outOfMemory.Match(complaint.kept.Bytes()), errors.As(err, &exited) && !exited.Exited(): // ended by the kernel
		return nil, tooHeavy
	case errors.As(err, &exited):
		return nil, fatal
	}
	return nil, fmt.Errorf("reader: running %s: %w", r.command[0], err)
}

// errNoCache says that PDFium is compiled for each PDF anew.
var errNoCache = errors.New("reader: there is no folder to keep PDFium in")

// outOfTime is what a child says that has used up its processor time.
const outOfTime = "the processor time is used up"

// outOfMemory is what Go says at the limit, or its race detector, depending on what asked for
// memory. No code of ours reaches for an address of its own.
var outOfMemory = regexp.MustCompile(`out of memory|cannot allocate memory|failed to allocate|failed to create new OS thread|pthread_create failed|SIGSEGV`)

// Prepare compiles PDFium, unless that was done in an earlier start, so that the first PDF is
// read as fast as others. The first PDF does it where nobody else did.
func (r *Reader) Prepare(ctx context.Context) error {
	if len(r.command) == 0 || r.cache == "" {
		return errNoCache
	}
	r.preparing.Lock()
	defer r.preparing.Unlock()
	if r.prepared {
		return nil
	}
	_, err := r.child(ctx, coldTime, nil, "--prepare")
	r.prepared = err == nil
	return err
}

// capped keeps no more than so many bytes of what is written to it. It is no bytes.Buffer, whose
// ReadFrom would be preferred to Write.
type capped struct {
	kept bytes.Buffer
	most int
	full bool
}

func (c *capped) Write(p []byte) (int, error) {
	n, _ := c.kept.Write(p[:min(len(p), c.most-c.kept.Len())])
	if n < len(p) {
		c.full = true
		return n, io.ErrShortWrite
	}
	return n, nil
}
