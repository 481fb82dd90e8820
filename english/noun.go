package english

// Class is a kind of thing: what lies below one meaning in WordNet's tree of nouns. The meanings are numbered so that
// those below one are exactly an interval, from Low, the meaning itself, to High, both included.
type Class struct{ Low, High uint32 }

// Holds says whether a sense, one of [Senses], is a kind of the class. No class holds 0, which is no sense.
func (c Class) Holds(sense uint32) bool {
	return sense != 0 && c.Low <= sense && sense <= c.High
}

// ClassOf gives what lies below the first sense of a noun, or of the noun that a form is the plural of: all kinds of
// company for "company" and "companies". It is false for what is no noun.
func ClassOf(form string) (Class, bool) {
	low := Senses(form)[0]
	if low == 0 {
		return Class{}, false
	}
	return Class{low, uint32(uint16At(section(synsets), 3*int(low)))}, true
}

// Senses gives the numbers of the first two meanings of a noun, of the noun that a form is the plural of, or of a name of
// one word that WordNet knows ("paris"); the more frequent first, and 0 for none. The numbers change with the tables: they
// are not to be stored.
func Senses(form string) [2]uint32 {
	if s := sensesOf(form); s[0] != 0 {
		return s
	}
	for base := range bases(form, plurals) {
		if s := sensesOf(base); s[0] != 0 {
			return s
		}
	}
	return [2]uint32{}
}

// sensesOf gives the senses of a form of the table.
func sensesOf(form string) [2]uint32 {
	i, ok := listAt(words).find(form)
	if !ok {
		return [2]uint32{}
	}
	table := section(wordSenses)
	return [2]uint32{uint32(uint16At(table, 4*i)), uint32(uint16At(table, 4*i+2))}
}
