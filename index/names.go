package index

import (
	"cmp"
	"slices"
	"strings"

	"verbatim/corpus"
)

// name is somebody or something that the stories name, in words as they write it.
type name struct {
	text   string
	folded string // in lower case, to be compared with what is typed
	uses   int
	person bool // two words or more, of which one is a given name or says who somebody is
}

// longestName is how many words a name has at most.
const longestName = 4

// namesOf collects runs of capitalised words, most used first: "Mara Lind", "Lind".
func namesOf(t *texts) []name {
	c := nameCollector{texts: t, found: map[string]*name{}}
	for s := range t.sentenceCount() {
		from, to := t.wordsOf(s)
		for i := from; i < to; {
			i = c.run(i, to)
		}
	}
	names := make([]name, 0, len(c.found))
	for _, n := range c.found {
		names = append(names, *n)
	}
	slices.SortFunc(names, func(a, b name) int { return cmp.Or(cmp.Compare(b.uses, a.uses), cmp.Compare(a.text, b.text)) })
	return names
}

type nameCollector struct {
	*texts
	found map[string]*name
}

// run notes the name that starts at word i, if any, and returns where to go on.
func (c *nameCollector) run(i, to int) int {
	end := i
	var ids []formID
	for end < to && end-i < longestName && c.capital(end) {
		ids = append(ids, c.words[end])
		end++
		if c.flags[end-1]&flagComma != 0 {
			break
		}
	}
	if len(ids) == 0 {
		return i + 1
	}
	if len(ids) == 1 && !c.vocabulary.forms[ids[0]].isName() {
		return end
	}
	c.note(ids, i)
	return end
}

func (c *nameCollector) note(ids []formID, first int) {
	parts := make([]string, len(ids))
	for k, id := range ids {
		parts[k] = c.vocabulary.text(id)
	}
	folded := strings.Join(parts, " ")
	if n := c.found[folded]; n != nil {
		n.uses++
		return
	}
	person := false
	for k, id := range ids {
		parts[k] = c.written(first + k)
		acronym := len(parts[k]) > 1 && allCapitals(parts[k]) // "AI" is no given name
		person = person || c.vocabulary.forms[id].traits&traitPerson != 0 && !acronym
	}
	c.found[folded] = &name{text: strings.Join(parts, " "), folded: folded, uses: 1, person: person && len(ids) > 1}
}

// Names lists names of a library's stories for what was typed so far, at most so many: those
// that begin with it, then those of which a word does, then those that are near it.
func (x *Index) Names(_ corpus.LibraryID, typed string, limit int) []string {
	var parts []string
	tokenize(typed, func(k token) {
		if k.flags&flagCompound == 0 {
			parts = append(parts, k.form)
		}
	})
	want := strings.Join(parts, " ")
	var tiers [3][]string
	for i := range x.names {
		if tier := x.names[i].tier(want); tier >= 0 && len(tiers[tier]) < limit {
			tiers[tier] = append(tiers[tier], x.names[i].text)
		}
	}
	all := slices.Concat(tiers[0], tiers[1], tiers[2])
	return all[:min(limit, len(all))]
}

// tier tells how well a name goes on from what was typed, 0 best; -1 for not at all.
func (n *name) tier(typed string) int {
	switch {
	case strings.HasPrefix(n.folded, typed):
		return 0
	case strings.Contains(n.folded, " "+typed):
		return 1
	case len(typed) >= shortest && distance(typed, n.folded[:min(len(n.folded), len(typed))]) <= 1:
		return 2
	}
	return -1
}
