package index

import "slices"

// newWords finds what the sentence has that the question lacks, and what of it fits the
// kind of answer that is wanted.
func (s *scorer) newWords(c *candidate, from, to int) {
	f := &c.features
	var names, numbers, dates, kinds int
	for i := from; i < to; i++ {
		w := &s.vocabulary.forms[s.words[i]]
		m := s.marks[w.term]
		if m != 0 && s.slots[m].asked {
			if s.q.focus == w.term && s.q.focus != noTerm {
				f[Focus] = 1
				f[FocusModified] = max(f[FocusModified], one(s.modified(i, from, to)))
			}
			if w.traits&(traitReason|traitManner|traitPlace) == 0 {
				continue
			}
		}
		asked := m != 0 && s.slots[m].asked
		name := !asked && s.isName(i, w, to)
		number := !asked && (w.traits&traitNumber != 0 || s.flags[i]&flagNumber != 0)
		date := !asked && w.traits&traitDate != 0 && !s.isAge(i, to)
		kind := !asked && s.q.hasClass && w.traits&traitStop == 0 && (s.q.class.Holds(w.senses[0]) || s.q.class.Holds(w.senses[1]))
		names, numbers, dates, kinds = names+count(name), numbers+count(number), dates+count(date), kinds+count(kind)
		if s.fits(i, from, to, w, name, number, date, kind) {
			s.fitting = append(s.fitting, i)
		}
	}
	f[NewNames], f[NewNumbers], f[NewDates] = float32(min(6, names)), float32(min(6, numbers)), float32(min(3, dates))
	f[FocusKind] = one(kinds > 0)
	f[FittingSure] = one(slices.ContainsFunc(s.fitting, s.isSure))
	f[Fits] = one(len(s.fitting) > 0)
	if s.q.Wants == Anything {
		f[Fits] = -1
		if kinds > 0 {
			f[Fits] = 1
		} else {
			s.anythingFits(from, to)
		}
	}
	f[FitsCovered] = f[Fits] * f[Coverage]
}

// isAge reports whether the word at i tells how old somebody is, and no time: "34 years old".
func (s *scorer) isAge(i, to int) bool {
	is := func(i int, word string) bool { return i < to && s.vocabulary.text(s.words[i]) == word }
	return is(i, "old") || is(i+1, "old") && (is(i, "year") || is(i, "years") || is(i, "months") || is(i, "days"))
}

// anythingFits takes new names and numbers for the answer where no kind is wanted.
func (s *scorer) anythingFits(from, to int) {
	for i := from; i < to; i++ {
		w := &s.vocabulary.forms[s.words[i]]
		if m := s.marks[w.term]; m != 0 && s.slots[m].asked {
			continue
		}
		if s.isName(i, w, to) || w.traits&traitNumber != 0 || s.flags[i]&flagNumber != 0 {
			s.fitting = append(s.fitting, i)
		}
	}
}

// isName takes a capitalised word for a name, also at the beginning of a sentence where
// another capital follows or where the stories capitalise it elsewhere.
func (s *scorer) isName(i int, w *form, to int) bool {
	if s.flags[i]&flagCapital == 0 || w.traits&traitStop != 0 || s.flags[i]&flagCompound != 0 {
		return false
	}
	return s.flags[i]&flagFirst == 0 || i+1 < to && s.flags[i+1]&flagCapital != 0 || w.isName()
}

// modified reports whether the word at i stands directly after a word that the question lacks, or before "of" and one.
func (s *scorer) modified(i, from, to int) bool {
	return i > from && s.flags[i-1]&flagComma == 0 && s.isNew(i-1) || i+2 < to && s.vocabulary.text(s.words[i+1]) == "of" && s.isNew(i+2)
}

// isNew reports whether the word at i carries meaning and is none of the question's.
func (s *scorer) isNew(i int) bool {
	w := &s.vocabulary.forms[s.words[i]]
	m := s.marks[w.term]
	return w.traits&traitStop == 0 && s.flags[i]&flagCompound == 0 && (m == 0 || !s.slots[m].asked)
}

// isSure reports whether what fits at i is of the wanted kind by all that is known, not only by its form.
func (s *scorer) isSure(i int) bool {
	w := &s.vocabulary.forms[s.words[i]]
	switch s.q.Wants {
	case Person:
		return w.traits&(traitGiven|traitSurname) != 0
	case Time:
		return w.traits&traitYear != 0 || months[s.vocabulary.text(s.words[i])]
	case Place:
		return w.traits&traitLocation != 0 && s.flags[i]&flagCapital != 0
	}
	return false
}

// fits reports whether the word at i may be what is wanted.
func (s *scorer) fits(i, from, to int, w *form, name, number, date, kind bool) bool {
	switch s.q.Wants {
	case Person:
		return name
	case Time:
		return date
	case Amount:
		return number && (w.traits&traitYear == 0 || s.counts(i, to)) && (!s.q.sum || s.nearMoney(i, from))
	case Place:
		return (name || w.traits&traitLocation != 0) && s.afterPlaceWord(i, from)
	case Reason:
		return w.traits&traitReason != 0
	case Manner:
		return w.traits&traitManner != 0
	}
	return kind
}

// counts reports whether the number at i stands right before the wanted unit: "2,000 guests".
func (s *scorer) counts(i, to int) bool {
	return i+1 < to && s.flags[i]&flagComma == 0 && s.isUnit(s.words[i+1])
}

// unitStands reports whether one of the fitting numbers has the wanted unit within three words:
// the noun of "how many", money for "how much", "old" for "how old" and the like.
func (s *scorer) unitStands(from, to int) bool {
	if s.q.Wants != Amount {
		return false
	}
	for _, at := range s.fitting {
		for i := max(from, at-3); i < min(to, at+4); i++ {
			if i != at && s.isUnit(s.words[i]) {
				return true
			}
		}
	}
	return false
}

func (s *scorer) isUnit(id formID) bool {
	w := &s.vocabulary.forms[id]
	switch s.q.measure {
	case "many":
		return w.term == s.q.focus && s.q.focus != noTerm || s.q.hasClass && (s.q.class.Holds(w.senses[0]) || s.q.class.Holds(w.senses[1]))
	case "much":
		return w.traits&traitMoney != 0 || w.term == s.q.focus && s.q.focus != noTerm
	case "old":
		text := s.vocabulary.text(id)
		return text == "old" || text == "age" || text == "aged"
	case "long", "often", "fast":
		return w.traits&(traitDate|traitMeasure) != 0
	}
	return w.traits&traitMeasure != 0
}

// nearMoney reports whether the number at i is a sum: "$14.3 billion", "20 dollars".
func (s *scorer) nearMoney(i, from int) bool {
	for j := max(from, i-2); j < min(len(s.words), i+4); j++ {
		if s.vocabulary.forms[s.words[j]].traits&traitMoney != 0 {
			return true
		}
	}
	return false
}

func (s *scorer) afterPlaceWord(i, from int) bool {
	for j := max(from, i-3); j < i; j++ {
		if s.vocabulary.forms[s.words[j]].traits&traitPlace != 0 {
			return true
		}
	}
	return false
}
