package library

import (
	"github.com/dustin/go-humanize"

	"verbatim/corpus"
)

// Limits are what a server may keep. A zero is no limit.
type Limits struct {
	Stories  int
	Bytes    int // of all texts
	Passages int // of all stories
}

// refuse says why a story may not be added to what a library would have beside it; nil if it may.
func (m Limits) refuse(s *corpus.Story, beside []corpus.Stored) error {
	bytes, passages := len(s.Text), len(s.Passages)
	for _, other := range beside {
		bytes += len(other.Text)
		passages += len(other.Passages)
	}
	const mend = "please remove a story first, or ask whoever runs this bot for more room"
	switch {
	case m.Stories > 0 && len(beside) >= m.Stories:
		return corpus.Refuse("A server may keep %d stories, and this one does already: %s.", m.Stories, mend)
	case m.Bytes > 0 && bytes > m.Bytes:
		return corpus.Refuse("“%s” would make this server's texts %s long together, and %s is the limit: %s.",
			s.Title, humanize.IBytes(uint64(bytes)), humanize.IBytes(uint64(m.Bytes)), mend)
	case m.Passages > 0 && passages > m.Passages:
		return corpus.Refuse("“%s” would give this server %s passages, and %s is the limit: %s.",
			s.Title, humanize.Comma(int64(passages)), humanize.Comma(int64(m.Passages)), mend)
	}
	return nil
}
