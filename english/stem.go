package english

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/english"
)

// Stem takes the inflection off a folded lower-case form, so that the forms of a word are equal: "hires" and "hired" give
// "hire". The stem need not be a word ("compani").
//
// Irregular forms give the stem of their lemma ("wrote" that of "write"), except those that are common words of their own,
// such as "ground" and "wound": they are [Related] to the lemma's stem. Words that Snowball, which does the rest, would throw
// together with quite different ones keep stems of their own ("university" and "universe"). Forms of up to two bytes, those
// with a digit and phrases are returned as they are.
func Stem(form string) string {
	if len(form) <= 2 || strings.ContainsAny(form, "0123456789 ") {
		return form
	}
	if stem, ok := pasts[form]; ok {
		return stem
	}
	if i, ok := listAt(irregularForms).find(form); ok {
		return listAt(irregularStems).at(i)
	}
	env := snowballstem.NewEnv(form)
	snowball.Stem(env)
	return env.Current()
}

// pasts are words of their own that in running text nearly always are the past of another verb: "founded" is the past of
// "found", which itself is that of "find".
var pasts = map[string]string{
	"found": "find", "left": "leav", "felt": "feel", "thought": "think", "fell": "fall", "spoke": "speak", "saw": "see", "rose": "rise",
}
