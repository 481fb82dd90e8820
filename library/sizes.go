package library

import "verbatim/corpus"

// Sizes tell how much there is, for metrics.
type Sizes struct {
	Libraries int // servers with stories of their own
	Open      int // those whose index is open

	Operator, Own Size // of the operator's index, and of the open ones of servers together
}

// Size is that of indexes.
type Size struct{ Stories, Passages int }

// Sizes looks at what is open now.
func (l *Libraries) Sizes() (s Sizes) {
	s.Operator.add(l.operator.Load().entries())
	l.mu.Lock()
	defer l.mu.Unlock()
	s.Libraries = len(l.revisions)
	for _, shelf := range l.shelves {
		if shelf.open != nil {
			s.Open++
			s.Own.add(shelf.open.entries())
		}
	}
	return s
}

func (s *Size) add(entries []corpus.Entry) {
	for _, e := range entries {
		s.Stories++
		s.Passages += e.Passages
	}
}
