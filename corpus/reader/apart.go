package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// The limits of the process that reads one file.
const (
	maxTime   = 20 * time.Second
	coldTime  = 2 * time.Minute // to compile PDFium, which is not the file's fault
	maxMemory = 512 << 20       // bytes that it may hold; [Child] keeps them

	// maxAnswer is how much it may answer: the text, JSON's escapes and the places of blocks.
	maxAnswer = 4 * MaxBytes
)

const (
	tooSlow  = fault("takes longer than 20 s to read, so I gave up; please split it, or save it as plain text.")
	tooHeavy = fault("needs too much memory to read; please split it, or save it as plain text.")
	fatal    = fault("cannot be read: it is broken in a way that I do not know; please save it again, or as plain text.")
)

// answer is what the process that reads a file has to say.
type answer struct {
	Fault    fault
	Document *document
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
	var a answer
	if err := json.Unmarshal(out, &a); err != nil {
		return nil, fatal
	}
	switch {
	case a.Fault != "":
		return nil, a.Fault
	case a.Document == nil || !a.Document.isSound():
		return nil, fatal
	}
	return a.Document, nil
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
		return out.Bytes(), nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, tooSlow
	case errors.Is(err, errCapped):
		return nil, bomb
	case strings.Contains(complaint.String(), "out of memory"), strings.Contains(complaint.String(), "cannot allocate memory"):
		return nil, tooHeavy
	case errors.As(err, &exited) && !exited.Exited(): // by the kernel, which had no memory left
		return nil, tooHeavy
	case errors.As(err, &exited):
		return nil, fatal
	}
	return nil, fmt.Errorf("reader: running %s: %w", r.command[0], err)
}

// errNoCache says that PDFium is compiled for each PDF anew.
var errNoCache = errors.New("reader: there is no folder to keep PDFium in")

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

// capped is a buffer that takes no more than so many bytes.
type capped struct {
	bytes.Buffer
	most int
}

var errCapped = errors.New("too much output")

func (c *capped) Write(p []byte) (int, error) {
	if c.Len()+len(p) > c.most {
		return 0, errCapped
	}
	return c.Buffer.Write(p)
}
