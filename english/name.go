package english

// The names of the census that a word may be.
const (
	given byte = 1 << iota
	sur
)

// GivenName says whether a folded lower-case form is a given name of the census, and not rather an ordinary word: "mark"
// is one, "will" is not.
func GivenName(form string) bool { return nameOf(form)&given != 0 }

// Surname says whether a folded lower-case form is one of the 30 000 most frequent surnames of the census, and not rather
// an ordinary word: "lind" is one, "young" is not.
func Surname(form string) bool { return nameOf(form)&sur != 0 }

func nameOf(form string) byte {
	i, ok := listAt(words).find(form)
	if !ok {
		return 0
	}
	return section(wordNames)[i]
}

// Nickname says whether two folded given names are forms of one: "bill" and "william", "ted" and "edward". It knows
// familiar ones, and those of people whom WordNet lists by both.
func Nickname(a, b string) bool {
	_, ok := listAt(nicknames).find(min(a, b) + " " + max(a, b))
	return ok
}
