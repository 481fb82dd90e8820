package reader

// fault is what is wrong with a file's content: the sentence of a [corpus.Refusal] after the name.
type fault string

func (f fault) Error() string { return string(f) }

// The faults that several formats have.
const (
	tooLarge = fault("is larger than 32 MB; please split it.")
	empty    = fault("is empty.")
	noText   = fault("holds no text that could be quoted.")
)
