package library

import (
	"cmp"
	"slices"

	"verbatim/corpus"
)

// merge makes one answer of two to the same question. The better one, by outcome and then by
// confidence, which is a probability and so can be compared, is what is said; of equals that
// of the library. The best quote of the other comes second, where it is worth being shown. The
// reason of silence is that of one of them, and may not hold for both.
func merge(own, common corpus.Answer) corpus.Answer {
	first, second := own, common
	if cmp.Or(cmp.Compare(worth(common.Outcome), worth(own.Outcome)), cmp.Compare(common.Confidence, own.Confidence)) > 0 {
		first, second = common, own
	}
	most := max(len(first.Quotes), len(second.Quotes))
	first.Quotes = distinct(interleave(first, second))
	first.Quotes = first.Quotes[:min(most, len(first.Quotes))]
	if first.Outcome == corpus.Silence {
		first.Suggestion = cmp.Or(first.Suggestion, second.Suggestion)
	}
	return first
}

func worth(o corpus.Outcome) int {
	return slices.Index([]corpus.Outcome{corpus.Silence, corpus.Closest, corpus.Answered}, o)
}

// interleave puts the quotes of the better answer first, but for those that are behind what the
// other has to show.
func interleave(first, second corpus.Answer) []corpus.Quote {
	shown := 0
	if second.Outcome != corpus.Silence {
		shown = min(1, len(second.Quotes))
	}
	best := min(1, len(first.Quotes))
	return slices.Concat(first.Quotes[:best], second.Quotes[:shown], first.Quotes[best:], second.Quotes[shown:])
}

// distinct leaves out what was quoted already: a story can be the operator's and a server's.
func distinct(quotes []corpus.Quote) []corpus.Quote {
	type place struct {
		story   corpus.StoryID
		passage int
	}
	seen := map[place]bool{}
	return slices.DeleteFunc(quotes, func(q corpus.Quote) bool {
		at := place{q.Story().ID, q.Passage()}
		again := seen[at]
		seen[at] = true
		return again
	})
}
