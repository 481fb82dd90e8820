package index

import (
	"cmp"
	"slices"
	"strings"

	"verbatim/corpus"
)

// name is somebody or something that the stories name, in words as they write it. Its strings lie
// in the index, see [stringOf].
type name struct {
	text   string
	folded string // in lower case, to be compared with what is typed
	uses   int
	person bool // two words or more, of which one is a given name or says who somebody is
}

// nameEntry is a name in the arrays of an index.
type nameEntry struct {
	text, folded, end uint32 // bytes in nameText: text, then folded
	uses              uint32
	person            bool
	_                 [3]uint8
}

// longestName is how many words a name has at most.
const longestName = 4

// mostNames is how many names are kept, the most used: more than anybody types through.
const mostNames = 20_000

// name is a name by its number, the most used first.
func (t *texts) name(i int) name {
	e := &t.named[i]
	return name{text: stringOf(t.nameText[e.text:e.folded]), folded: stringOf(t.nameText[e.folded:e.end]), uses: int(e.uses), person: e.person}
}

// nameCollector collects runs of capitalised words: "Mara Lind", "Lind".
type nameCollector struct {
	*texts
	runs  stringTable // of numbers of forms
	first []uint32    // by run: the word where it stands first
	uses  []uint32    // by run
	run   []formID
}

func newNameCollector(t *texts) *nameCollector { return &nameCollector{texts: t} }

// passage notes the names of a passage.
func (c *nameCollector) passage(p int) {
	for s, end := c.sentencesOf(p); s < end; s++ {
		from, to := c.wordsOf(s)
		for i := from; i < to; {
			i = c.note(i, to)
		}
	}
}

// note notes the name that starts at word i, if any, and returns where to go on.
func (c *nameCollector) note(i, to int) int {
	end := i
	c.run = c.run[:0]
	for end < to && end-i < longestName && c.capital(end) {
		c.run = append(c.run, c.words[end])
		end++
		if c.flags[end-1]&flagComma != 0 {
			break
		}
	}
	if len(c.run) == 0 {
		return i + 1
	}
	if len(c.run) == 1 && !c.vocabulary.forms[c.run[0]].isName() {
		return end
	}
	n, added := c.runs.add(stringOf(bytesOf(c.run)))
	if added {
		c.first, c.uses = append(c.first, uint32(i)), append(c.uses, 0)
	}
	c.uses[n]++
	return end
}

// names are the names collected, most used first.
func (c *nameCollector) names() (entries []nameEntry, text []byte) {
	order := make([]uint32, c.runs.len())
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(c.uses[b], c.uses[a]), cmp.Compare(c.folded(a), c.folded(b)))
	})
	for _, n := range order[:min(len(order), mostNames)] {
		e := nameEntry{text: uint32(len(text)), uses: c.uses[n]}
		var written string
		written, e.person = c.writtenName(n)
		text = append(text, written...)
		e.folded = uint32(len(text))
		text = append(text, c.folded(n)...)
		e.end = uint32(len(text))
		entries = append(entries, e)
	}
	return entries, text
}

func (c *nameCollector) forms(n uint32) []formID { return rowsOf[formID](c.runs.bytesAt(n)) }

func (c *nameCollector) folded(n uint32) string {
	var parts []string
	for _, id := range c.forms(n) {
		parts = append(parts, c.vocabulary.text(id))
	}
	return strings.Join(parts, " ")
}

// writtenName is how a name stands in the stories first, and whether it is likely a person's.
func (c *nameCollector) writtenName(n uint32) (text string, person bool) {
	var parts []string
	for k, id := range c.forms(n) {
		part := c.written(int(c.first[n]) + k)
		acronym := len(part) > 1 && allCapitals(part) // "AI" is no given name
		person = person || c.vocabulary.forms[id].traits&traitPerson != 0 && !acronym
		parts = append(parts, part)
	}
	return strings.Join(parts, " "), person && len(parts) > 1
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
	done, open := x.life.begin()
	if !open {
		return nil
	}
	defer done()
	var tiers [3][]string
	for i := range x.texts.named {
		n := x.texts.name(i)
		if tier := n.tier(want); tier >= 0 && len(tiers[tier]) < limit {
			tiers[tier] = append(tiers[tier], strings.Clone(n.text))
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
