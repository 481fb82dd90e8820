package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/english"
)

const (
	// maxTerms is how many words of a question are looked up; measured questions have
	// seven on average, and none of them more than sixteen that carry meaning.
	maxTerms = 16
	// maxWords is how many words of a question count for their order.
	maxWords = 48
	noTerm   = ^termID(0)
	noForm   = ^formID(0)
)

// Query is an analysed question.
type Query struct {
	Kind  Kind     // how it is put
	Wants Kind     // what answers it: Time for "what year", too
	Read  string   // the question as it was understood, in the form that corpus.ParseQuestion reads
	About string   // what it was completed by, from what was asked before
	Terms []Term   // the words that carry meaning, each once, in the question's order
	order []termID // all words, noTerm for those that the stories lack

	after     corpus.Place // only what ranks below it is wanted; the zero value for all
	phrases   [][]termID   // that the person put in quotation marks: demanded as they are
	unmatched string       // a phrase of which a word occurs nowhere
	described bool         // it came as "the … of", so it tells what relation is asked for
	sum       bool         // a sum of money is wanted
	measure   string       // the word after "how" where an amount is wanted
	focusText string       // the noun after "what" or "how many", folded
	focus     termID       // the noun after "what" or "which"; noTerm for none
	focusBits uint32       // of the terms that are that noun
	class     english.Class
	hasClass  bool

	idf, rarity          float32 // sums over the terms
	rarest, secondRarest int     // terms, by rarity; -1 for none
	negated              bool    // "not", "never" and the like
	addressed            bool    // it says "you"
	names                bool    // some term is a name
	numbers              bool    // some term is a number
	bigrams              [][2]int8
}

// Term is a word of the question that carries meaning.
type Term struct {
	Text    string // folded
	Written string // as the person wrote it
	Rarity  float32
	Name    bool // a name, by its capital or by how the stories write it
	Number  bool

	known      bool // stands in the stories
	spelledOut bool // one of the words that the word as typed stands for
	corrected  bool // not as typed, but a form that is so near that it was meant
	stem       string
	form       formID // noForm where it does not stand in the stories as typed
	term       termID
	idf        float32
	relatives  []relative
	opposites  []termID
}

// analyse reads a question against the words of the stories.
func (t *texts) analyse(q corpus.Question) *Query {
	q.Text = clip(q.Text)
	r := t.complete(q)
	text := r.Text
	a := analyst{texts: t, Query: &Query{focus: noTerm, Read: r.String(), About: r.about, after: r.after}, shouting: shouting(text)}
	if a.shouting {
		text = strings.ToLower(text)
	}
	a.text = text
	tokenize(text, func(k token) {
		if len(a.tokens) < maxWords {
			a.tokens = append(a.tokens, k)
		}
	})
	a.abbreviate()
	a.command = r.Command
	a.readKind()
	a.readWants()
	a.readTerms()
	a.readPhrases(text)
	return a.Query
}

// clip cuts what is longer than a question.
func clip(s string) string {
	n := 0
	for i := range s {
		if n++; n > corpus.MaxQuestion {
			return s[:i]
		}
	}
	return s
}

// shouting reports whether a question is in capitals only, which then tell no names.
func shouting(s string) bool {
	upper, letters := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return letters > 5 && upper == letters
}

type analyst struct {
	*texts
	*Query
	text     string
	tokens   []token
	command  corpus.Command
	shouting bool
	wh       int // index of the question word in tokens, -1 for none
	skip     int // words up to here only say what is wanted ("how many")
}

func (a *analyst) lookUp(form string) termID {
	if id, ok := a.vocabulary.find(form); ok {
		return a.vocabulary.forms[id].term // without stemming it
	}
	if term, ok := a.vocabulary.findTerm(stemOf(form)); ok {
		return term
	}
	return noTerm
}

func (a *analyst) readTerms() {
	previous := int8(-1)
	terms := make([]int, len(a.tokens))
	for i, k := range a.tokens {
		terms[i] = -1
		a.negated = a.negated || negations[k.form]
		a.addressed = a.addressed || secondPerson[k.form]
		term := a.lookUp(k.form)
		if k.flags&flagCompound == 0 {
			a.order = append(a.order, term)
		}
		if stopWords[k.form] || questionWords[k.form] != "" || happenings[k.form] && a.Kind == Thing || i == a.skip && a.skip > 0 || len(a.Terms) == maxTerms {
			continue
		}
		if term == noTerm {
			if phrase := a.spellOut(k); phrase != nil {
				a.addPhrase(k, phrase)
				continue
			}
		}
		n := a.addTerm(k, term, a.wordAt(i+1))
		terms[i] = n
		if previous >= 0 && k.flags&flagCompound == 0 && int(previous) != n {
			a.bigrams = append(a.bigrams, [2]int8{previous, int8(n)})
		}
		previous = int8(n)
	}
	a.relateAcronyms()
	a.relateInitials()
	a.relatePhrasal(terms)
	for _, t := range a.Terms {
		slices.SortStableFunc(t.relatives, func(x, y relative) int { return cmp.Compare(y.related, x.related) })
	}
	for i, t := range a.Terms {
		if a.focusText != "" && t.Text == a.focusText {
			a.focusBits |= 1 << i
		}
		a.idf += t.idf
		a.rarity += t.Rarity
		a.names = a.names || t.Name
		a.numbers = a.numbers || t.Number
	}
	a.readRarest()
}

func (a *analyst) readRarest() {
	a.rarest, a.secondRarest = -1, -1
	for i := range a.Terms {
		switch {
		case a.rarest < 0 || a.Terms[i].Rarity > a.Terms[a.rarest].Rarity:
			a.rarest, a.secondRarest = i, a.rarest
		case a.secondRarest < 0 || a.Terms[i].Rarity > a.Terms[a.secondRarest].Rarity:
			a.secondRarest = i
		}
	}
}

// addTerm returns the index of the term, which may have been there before. The form of the next word may say what it means.
func (a *analyst) addTerm(k token, term termID, next string) int {
	for i, t := range a.Terms {
		if t.Text == k.form || term != noTerm && t.term == term {
			return i
		}
	}
	t := Term{Text: k.form, Written: a.text[k.start:k.end], term: term, known: term != noTerm, Rarity: float32(english.Rarity(k.form)),
		Number: k.flags&flagNumber != 0, form: noForm}
	if id, ok := a.vocabulary.find(k.form); ok {
		t.form = id
		t.Name = a.vocabulary.forms[id].isName()
	}
	if t.known {
		t.stem = a.vocabulary.stem(term)
	} else {
		t.stem = stemOf(k.form)
		if !a.sayInWords(&t) && !a.nicknamed(&t, k, next) {
			a.correct(&t)
		}
		if i := slices.IndexFunc(a.Terms, func(other Term) bool { return t.known && other.term == t.term }); i >= 0 {
			return i
		}
	}
	if t.known {
		t.idf = idf(a.sentenceCount(), int(a.vocabulary.counts[t.term].sentences))
	} else {
		t.idf = idf(a.sentenceCount(), 0)
	}
	a.relate(&t)
	t.Name = t.Name || k.flags&flagCapital != 0 && k.flags&flagFirst == 0 && !a.shouting
	a.Terms = append(a.Terms, t)
	return len(a.Terms) - 1
}

// relative is a term of the stories that may stand for one of the question.
type relative struct {
	stem    string
	term    termID
	related float32 // how near it is in meaning, 0 to 1, by package english
	similar float32 // how near it is in letters, 0 to 1
}

// mayBe adds a relative, or notes how near one is that is known by less.
func (t *Term) mayBe(r relative) {
	if i := slices.IndexFunc(t.relatives, func(other relative) bool { return other.term == r.term }); i >= 0 {
		t.relatives[i].related = max(t.relatives[i].related, r.related)
		return
	}
	t.relatives = append(t.relatives, r)
}

// nearest is how near in meaning the nearest relative of a term comes, 0 to 1.
func (t *Term) nearest() (related float32) {
	for i := range t.relatives {
		related = max(related, t.relatives[i].related)
	}
	return related
}

// mostSimilar bounds the look-alikes of a term.
const mostSimilar = 6

// relate finds the relatives of a term that the stories use: by meaning first, then by letters.
func (a *analyst) relate(t *Term) {
	for stem, weight := range english.Related(t.stem) {
		if term, ok := a.vocabulary.findTerm(stem); ok && term != t.term {
			t.relatives = append(t.relatives, relative{stem: stem, term: term, related: weight})
		}
	}
	for stem := range english.Opposites(t.stem) {
		if term, ok := a.vocabulary.findTerm(stem); ok {
			t.opposites = append(t.opposites, term)
		}
	}
	if t.Number {
		return
	}
	for _, s := range a.spelling.like(t.Text, mostSimilar) {
		term := a.vocabulary.forms[s.form].term
		if term == t.term {
			continue
		}
		if i := slices.IndexFunc(t.relatives, func(r relative) bool { return r.term == term }); i >= 0 {
			t.relatives[i].similar = max(t.relatives[i].similar, s.dice)
			continue
		}
		t.relatives = append(t.relatives, relative{stem: a.vocabulary.stem(term), term: term, similar: s.dice})
	}
}

// readPhrases finds what stands in quotation marks and demands it word for word.
func (a *analyst) readPhrases(text string) {
	for _, phrase := range quoted(text) {
		var terms []termID
		missing := false
		tokenize(phrase, func(k token) {
			if k.flags&flagCompound != 0 {
				return
			}
			term := a.lookUp(k.form)
			missing = missing || term == noTerm
			terms = append(terms, term)
		})
		if missing {
			a.unmatched = phrase
		}
		if len(terms) > 0 {
			a.phrases = append(a.phrases, terms)
		}
	}
}

// quoted returns the parts of a question between double quotation marks.
func quoted(text string) (phrases []string) {
	open := -1
	for i, r := range text {
		if r != '"' && r != '“' && r != '”' && r != '„' && r != '«' && r != '»' {
			continue
		}
		if open < 0 {
			open = i + utf8.RuneLen(r)
			continue
		}
		if part := strings.TrimSpace(text[open:i]); part != "" {
			phrases = append(phrases, part)
		}
		open = -1
	}
	return phrases
}
