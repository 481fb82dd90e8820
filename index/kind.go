package index

import (
	"strings"

	"verbatim/corpus"
	"verbatim/english"
)

// Kind is what a question wants to know.
type Kind uint8

// The kinds of questions. A question in no known form is Anything.
const (
	Anything   Kind = iota // anything that fits the words
	Person                 // who
	Time                   // when, what year
	Amount                 // how many, how much, how old
	Place                  // where, what city
	Reason                 // why
	Manner                 // how
	Thing                  // what, which
	Definition             // what is X, who is X
	Polar                  // did X, is X: yes or no
)

// commandKinds are the kinds that the commands ask for.
var commandKinds = map[corpus.Command]Kind{corpus.Who: Definition, corpus.What: Definition, corpus.When: Time, corpus.Where: Place, corpus.Why: Reason, corpus.Words: Anything}

// measures follow "how" where an amount is wanted.
var measures = set(`many much long far old large big tall high often fast deep wide heavy hot cold expensive rich small short`)

// amounts are nouns that a number answers.
var amounts = set(`number amount percentage percent proportion share rate age price cost sum total population salary weight height length size`)

var auxiliaries = set(`is are was were do does did has have had can could will would should may might must am`)

func (a *analyst) readKind() {
	a.wh = -1
	for i, k := range a.tokens {
		if questionWords[k.form] != "" {
			a.wh = i
			break
		}
	}
	if kind, ok := commandKinds[a.command]; ok {
		a.Kind = kind
		return
	}
	if a.wh < 0 {
		if len(a.tokens) > 0 && auxiliaries[a.tokens[0].form] {
			a.Kind = Polar
		}
		return
	}
	switch questionWords[a.tokens[a.wh].form] {
	case "who":
		a.Kind = Person
		a.readFocus(a.wh + 1)
	case "when":
		a.Kind = Time
	case "where":
		a.Kind = Place
	case "why":
		a.Kind = Reason
	case "how":
		a.readHow()
	default:
		a.Kind = Thing
		a.readFocus(a.wh + 1)
	}
	if (a.Kind == Person || a.Kind == Thing) && a.asksDefinition() {
		a.Kind = Definition
	}
}

// readWants takes the kind of answer from the form of the question where no noun told it.
func (a *analyst) readWants() {
	switch a.Kind {
	case Person, Time, Amount, Place, Reason, Manner:
		a.Wants = a.Kind
	}
}

func (a *analyst) readHow() {
	a.Kind = Manner
	if next := a.wordAt(a.wh + 1); measures[next] {
		a.Kind = Amount
		a.skip, a.measure = a.wh+1, next
		if next == "many" || next == "much" {
			a.sum = next == "much" && auxiliaries[a.wordAt(a.wh+2)]
			a.readFocus(a.wh + 2)
		} else {
			a.skip = a.wh
		}
	}
}

func (a *analyst) wordAt(i int) string {
	if i < len(a.tokens) {
		return a.tokens[i].form
	}
	return ""
}

// readFocus finds the noun that is asked for: the one that directly follows "what", "which" or
// "how many", within four words, or that of "what is the name of" and "who is Lind's wife".
func (a *analyst) readFocus(from int) {
	be := a.beAt(from)
	if be != from {
		a.readNouns(from, from+4)
	}
	if a.focusText != "" || a.Kind == Amount {
		if a.Kind == Thing {
			a.focusKind(a.focusText)
		}
		return
	}
	if be < 0 {
		return
	}
	if i := a.possessor(be); i >= 0 {
		a.readNouns(i+1, i+5)
	} else if articles[a.wordAt(be)] {
		a.readNouns(be+1, be+5)
	}
	a.described = a.focusText != ""
	if amounts[a.focusText] {
		a.Wants = Amount
	}
}

// beAt is the first word after the "is" of a question whose other words begin at from; that is from
// itself in "who's" and "whos"; -1 where there is no such word.
func (a *analyst) beAt(from int) int {
	wh := a.tokens[from-1].form
	switch {
	case a.hasEnding(from - 1), strings.HasSuffix(wh, "s") && wh != "whose":
		return from
	case copulas[a.wordAt(from)]:
		return from + 1
	}
	return -1
}

// possessor finds the word within five that has a possessive ending, as in "what is Lind's salary";
// -1 where there is none.
func (a *analyst) possessor(from int) int {
	for i := from; i < min(from+5, len(a.tokens)); i++ {
		if a.hasEnding(i) {
			return i
		}
	}
	return -1
}

// hasEnding reports whether "'s" follows a word.
func (a *analyst) hasEnding(i int) bool {
	rest := a.text[a.tokens[i].end:]
	return strings.HasPrefix(rest, "'s ") || strings.HasPrefix(rest, "’s ")
}

// readNouns takes the last noun of the words from here on for the focus; a small word ends them.
func (a *analyst) readNouns(from, to int) {
	for i := from; i < min(to, len(a.tokens)); i++ {
		form := a.tokens[i].form
		if stopWords[form] || a.tokens[i].flags&flagNumber != 0 {
			return
		}
		if english.Senses(form)[0] == 0 {
			if a.focusText != "" {
				return
			}
			continue
		}
		a.focusText, a.focus = form, a.lookUp(form)
		a.class, a.hasClass = english.ClassOf(form)
	}
}

// focusKind turns "what year" into Time and the like, by what the noun is a kind of.
func (a *analyst) focusKind(form string) {
	switch english.CoarseOf(english.Senses(form)[0]) {
	case english.Time:
		a.Wants = Time
	case english.Quantity:
		a.Wants = Amount
	case english.Place:
		a.Wants = Place
	case english.Person, english.Group:
		a.Wants = Person
	}
	if amounts[form] {
		a.Wants = Amount
	}
}

// asksDefinition reports whether after the question word comes only a form of "to be" and then
// a name or noun: "who is Mara Lind", "what is a packet".
func (a *analyst) asksDefinition() bool {
	i := a.wh + 1
	switch be := a.beAt(i); {
	case a.wordAt(i) == "does":
		i++
	case be < 0:
		return false
	default:
		i = be
	}
	if a.possessor(i) >= 0 {
		return false
	}
	content := 0
	for ; i < len(a.tokens); i++ {
		form := a.tokens[i].form
		if stopWords[form] && form != "a" && form != "an" && form != "the" && form != "mean" {
			return false
		}
		if !stopWords[form] {
			content++
		}
	}
	return content > 0 && content <= 4
}

// KindOf names the kind of a question in plain words.
func KindOf(question string) string {
	t, _ := readAll(nil, unindexed{}) // in memory nothing fails
	return t.analyse(corpus.Question{Text: question}).Kind.String()
}
