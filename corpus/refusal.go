package corpus

import "fmt"

// Refusal is an error for people: one sentence that says why something is not done, and what
// to do. Any other error is for the log.
type Refusal struct{ sentence string }

// Refuse makes a refusal of a sentence.
func Refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// Error is the sentence.
func (r *Refusal) Error() string { return r.sentence }
