package index

import "math"

// reference is a name that a word of a later sentence of the passage stands for.
type reference struct {
	back   uint16 // how many words before the sentence the name begins
	at     uint8  // the word that refers, counted within its sentence
	length uint8  // words of the name; 0 for no reference
}

// referentOf is the name that a word of a sentence stands for, if any.
func (t *texts) referentOf(sentence int) []formID {
	r := t.referents[sentence]
	from, _ := t.wordsOf(sentence)
	name := from - int(r.back)
	return t.words[name : name+int(r.length)]
}

// resolve finds whom or what "he", "the company" and the like stand for, within a passage: for a
// person, the person that the sentences before name last as their first; else the first name of
// the sentence before. It is a guess in the manner of centering (Grosz, Joshi and Weinstein
// 1995): what a sentence is about tends to come first, and what the next refers to is that.
// It hands over what it found for the sentences of each passage.
func (t *texts) resolve(found func(passage int, referents []reference)) {
	var referents []reference
	for p := range t.passageCount() {
		r := resolver{texts: t}
		referents = referents[:0]
		from, to := t.sentencesOf(p)
		for s := from; s < to; s++ {
			referents = append(referents, r.sentence(s))
		}
		found(p, referents)
	}
}

type resolver struct {
	*texts
	person, thing nameRun // named last
}

func (r *resolver) sentence(s int) (referent reference) {
	from, to := r.wordsOf(s)
	names := r.namesIn(from, to)
	if at, person, ok := r.referring(from, to); ok && !r.namedBefore(names, from+at, person) {
		name := r.thing
		if person {
			name = r.person
		}
		if back := from - name.first; name.end > 0 && back <= math.MaxUint16 {
			referent = reference{back: uint16(back), at: uint8(at), length: uint8(name.end - name.first)}
		}
	}
	r.remember(names)
	return referent
}

// nameRun is a run of capitalised words.
type nameRun struct {
	first, end int
	person     bool
}

// namesIn finds the names of a sentence, in order.
func (r *resolver) namesIn(from, to int) (names []nameRun) {
	for i := from; i < to; i++ {
		if !r.capital(i) {
			continue
		}
		n := nameRun{first: i}
		for ; i < to && r.capital(i) && i-n.first < longestName; i++ {
			n.person = n.person || r.vocabulary.forms[r.words[i]].person()
		}
		n.end = i
		names = append(names, n)
	}
	return names
}

// capital reports whether the word at i is part of a name.
func (t *texts) capital(i int) bool {
	f := &t.vocabulary.forms[t.words[i]]
	return t.flags[i]&flagCapital != 0 && t.flags[i]&flagCompound == 0 && f.traits&(traitStop|traitNumber) == 0 && questionWords[t.vocabulary.text(t.words[i])] == "" &&
		(t.flags[i]&flagFirst == 0 || f.traits&traitGiven != 0 || f.isName())
}

// person reports whether a form is likely part of a person's name.
func (f *form) person() bool { return f.traits&(traitGiven|traitSurname) != 0 }

// findSurnames marks the capitalised words that follow a given name somewhere in the stories. It calls
// forget now and then.
func (t *texts) findSurnames(forget func()) {
	for i := 1; i < len(t.words); i++ {
		if i%(pieceSize/rowSize[formID]()) == 0 {
			forget()
		}
		before, f := &t.vocabulary.forms[t.words[i-1]], &t.vocabulary.forms[t.words[i]]
		if before.traits&traitGiven != 0 && t.flags[i]&flagFirst == 0 && t.flags[i-1]&flagComma == 0 && t.capital(i-1) && t.capital(i) && f.traits&(traitGroup|traitLocation) == 0 {
			f.traits |= traitSurname
		}
	}
}

// reach is how many words from the start of a sentence something must refer to count.
const reach = 12

// referring finds the first word that refers to a person or thing named before.
func (r *resolver) referring(from, to int) (at int, person, ok bool) {
	for i := from; i < min(to, from+reach); i++ {
		text := r.vocabulary.text(r.words[i])
		switch {
		case personalPronouns[text]:
			return i - from, true, true
		case thingPronouns[text]:
			return i - from, false, true
		case text == "the" || text == "this":
			if n, person, ok := r.description(i+1, min(to, i+4)); ok {
				return n - from, person, true
			}
		}
	}
	return 0, false, false
}

// description finds the noun for a person or group in "the Meta chief", "the company".
func (r *resolver) description(from, to int) (at int, person, ok bool) {
	for i := from; i < to; i++ {
		f := &r.vocabulary.forms[r.words[i]]
		switch {
		case f.traits&traitStop != 0:
			return 0, false, false
		case f.traits&traitPerson != 0 && f.traits&traitGiven == 0:
			return i, true, true
		case f.traits&traitGroup != 0 && r.flags[i]&flagCapital == 0:
			return i, false, true
		}
	}
	return 0, false, false
}

// namedBefore reports whether a name that fits stands before the word that refers.
func (r *resolver) namedBefore(names []nameRun, at int, person bool) bool {
	for _, n := range names {
		if n.end <= at && n.person == person {
			return true
		}
	}
	return false
}

// remember keeps the first person and the first other name of a sentence for the next; where it
// names none, what it refers to stays.
func (r *resolver) remember(names []nameRun) {
	var person, thing bool
	for _, n := range names {
		switch {
		case n.person && !person:
			r.person, person = n, true
		case !n.person && !thing:
			r.thing, thing = n, true
		}
	}
}
