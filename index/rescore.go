package index

import "math"

// termShare is what a term adds to the score of a passage that holds it.
type termShare struct {
	id      termID
	weights [numFields]float32 // of its clauses, by field
	met     [numFields]uint8   // how many these are
	counts  [numFields]uint16  // of the term in the passage that is read
}

// rescore reads the passages of a tally and scores them by all its clauses, as [Index.retrieve]
// does. To read 70 words is faster than to look up a passage in the postings of some ten terms.
func (t *texts) rescore(of *tally, clauses, most int) []Hit {
	of.share(len(t.vocabulary.counts))
	defer of.unmark()
	best, forms := newBest(most, nil), t.compact
	for _, p := range of.passages {
		sum, met := t.rescoreOne(of, forms, int(p))
		if met > 0 {
			best.take(Hit{int(p), sum * float32(met) / float32(clauses)})
		}
	}
	return best.hits
}

// compactForm is all that scoring wants to know of a form: its term, or that it is a small word. So
// the forms of a million passages fit where the processor has them at hand.
type compactForm termID

const stopForm = compactForm(noTerm)

func (v *vocabulary) compact() []compactForm {
	all := make([]compactForm, len(v.forms))
	for i, f := range v.forms {
		all[i] = compactForm(f.term)
		if f.traits&traitStop != 0 {
			all[i] = stopForm
		}
	}
	return all
}

// share notes what each term of the clauses adds.
func (t *tally) share(terms int) {
	if len(t.marks) < terms {
		t.marks = make([]uint8, terms)
	}
	t.shares = t.shares[:0]
	for _, c := range t.order {
		if t.marks[c.id] == 0 {
			t.shares = append(t.shares, termShare{id: c.id})
			t.marks[c.id] = uint8(len(t.shares))
		}
		s := &t.shares[t.marks[c.id]-1]
		s.weights[c.field] += c.weight
		s.met[c.field]++
	}
}

func (t *tally) unmark() {
	for _, s := range t.shares {
		t.marks[s.id] = 0
	}
}

func (t *texts) rescoreOne(of *tally, forms []compactForm, passage int) (sum float32, met int) {
	var lengths [numFields]int
	from, to := int(t.sentences[t.passages[passage].sentence].word), int(t.sentences[t.passages[passage+1].sentence].word)
	for _, id := range t.words[from:to] {
		if f := forms[id]; f != stopForm {
			lengths[fieldText]++
			of.count(termID(f), fieldText)
		}
	}
	above := [2][]termID{t.titleOf(passage), t.headingOf(passage)}
	if t.namedAlike(passage) {
		above[1] = nil
	}
	for _, terms := range above {
		lengths[fieldContext] += len(terms)
		for _, term := range terms {
			of.count(term, fieldContext)
		}
	}
	for i := range of.shares {
		s := &of.shares[i]
		for f, n := range s.counts {
			if n == 0 || s.met[f] == 0 {
				continue
			}
			sum += s.weights[f] * float32(math.Sqrt(float64(n)/float64(lengths[f])))
			met += int(s.met[f])
		}
		s.counts = [numFields]uint16{}
	}
	return sum, met
}

func (t *tally) count(term termID, f field) {
	if m := t.marks[term]; m != 0 {
		t.shares[m-1].counts[f]++
	}
}

// namedAlike reports whether the heading above a passage is its story's title, which then counts
// once.
func (t *texts) namedAlike(passage int) bool {
	p := &t.passages[passage]
	return t.label(t.sections[p.section].title) == t.label(t.stories[p.story].called)
}
