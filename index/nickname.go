package index

import (
	"strings"

	"verbatim/english"
)

// nicknamed takes a given name of the question that the stories do not have for the one by which they call the same
// person: "Alex Wang" for Alexandr Wang, "Bill Gates" for William Henry Gates. Where the question gives no surname, the
// name must be written as one. It is false where the stories know nobody who may be meant.
func (a *analyst) nicknamed(t *Term, k token, next string) bool {
	surname := ""
	if id, ok := a.vocabulary.find(next); ok && a.vocabulary.forms[id].isName() {
		surname = next
	}
	capital := k.flags&flagCapital != 0
	if surname == "" && !capital {
		return false
	}
	given := english.GivenName(t.Text) || surname != "" && capital
	for i := range a.named {
		n := a.name(i)
		first, rest, several := strings.Cut(n.folded, " ")
		same := several && n.person
		if surname != "" {
			same = several && hasWord(rest, surname)
		}
		if !same || !english.Nickname(t.Text, first) && !(given && shortens(t.Text, first)) {
			continue
		}
		if id, ok := a.vocabulary.find(first); ok {
			a.take(t, id)
			return true
		}
	}
	return false
}

// take takes a form of the stories for what was meant by a word that they lack.
func (a *analyst) take(t *Term, id formID) {
	f := &a.vocabulary.forms[id]
	t.known, t.corrected, t.form, t.term, t.stem, t.Name = true, true, id, f.term, a.vocabulary.stem(f.term), f.isName()
}

func hasWord(words, word string) bool {
	for w := range strings.FieldsSeq(words) {
		if w == word {
			return true
		}
	}
	return false
}

// shortens reports whether a given name is the beginning of a longer one, with or without the ending that makes a name
// familiar: "dan" and "danny" of "daniel", "kathy" of "katherine".
func shortens(short, long string) bool {
	const least = 3 // letters that they share
	base := short
	for _, ending := range []string{"ie", "y"} {
		if rest, ok := strings.CutSuffix(short, ending); ok {
			base = rest
			break
		}
	}
	if n := len(base); base != short && n > least && base[n-1] == base[n-2] {
		base = base[:n-1]
	}
	begins := func(s string) bool { return len(s) >= least && len(long) > len(s)+1 && strings.HasPrefix(long, s) }
	return begins(short) || base != short && begins(base)
}
