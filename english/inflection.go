package english

import (
	"iter"
	"strings"
)

// endings are the regular inflections of English and what may have stood in their place, the likelier first.
var endings = [...]struct{ inflected, base string }{
	{"ies", "y"}, {"s", ""}, {"es", ""},
	{"ied", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"},
}

// plurals is how many of the endings make plurals of nouns.
const plurals = 3

// bases gives the words that a form may be a regular inflection of, by the first n endings. Not all are words.
func bases(form string, n int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range endings[:n] {
			base, ok := strings.CutSuffix(form, e.inflected)
			if !ok || len(base) < 2 || strings.HasSuffix(form, "ss") {
				continue
			}
			if e.base != "" {
				base += e.base
			} else if k := len(base); e.inflected != "s" && k > 3 && base[k-1] == base[k-2] && !yield(base[:k-1]) {
				return // "planned" is of "plan"
			}
			if !yield(base) {
				return
			}
		}
	}
}
