package english

import "strings"

// Verb reports of stems with spaces between whether they are a verb of several words that has relations
// ("step down"), and whether more of them lead to such verbs, as a single stem may ("step").
func Verb(stemsOf string) (whole, begins bool) {
	all := listAt(stems)
	i, found := all.find(stemsOf)
	whole = found && strings.Contains(stemsOf, " ")
	if found {
		i++
	}
	if i < len(all.offsets)/3-1 {
		rest, ok := strings.CutPrefix(all.at(i), stemsOf)
		begins = ok && rest[0] == ' '
	}
	return whole, begins
}
