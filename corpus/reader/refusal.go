package reader

import "fmt"

// Refusal says in one sentence for people why a file cannot be read, and what to do.
type Refusal struct{ sentence string }

// Error is the same sentence.
func (r *Refusal) Error() string { return r.sentence }

// Refusal is the sentence.
func (r *Refusal) Refusal() string { return r.sentence }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// fault is what is wrong with a file's content: the sentence of a [Refusal] after the name.
type fault string

func (f fault) Error() string { return string(f) }

// The faults that several formats have.
const (
	tooLarge = fault("is larger than 32 MB; please split it.")
	empty    = fault("is empty.")
	noText   = fault("holds no text that could be quoted.")
)
