package index

import (
	"strings"

	"verbatim/corpus"
	"verbatim/english"
)

// A question may lean on the one before: "How old is he?", "why?", "and Chris Cox?", "who else?".
// It is completed from what that asked and from the quote that answered.

// reading is a question as it is understood, complete in itself.
type reading struct {
	corpus.Question
	about string       // what it was completed by; empty where it stood by itself
	after corpus.Place // "who else?": what comes after the quote there is wanted; else the zero value
}

var (
	// ellipses make up questions that say only what is new.
	ellipses = set(`and or but also about then exactly happen happened mean meant`)
	// additions ask for more of the same.
	additions = set(`else more another other others next`)
	// demonstratives refer to a thing where no noun follows: "when was that?".
	demonstratives = set(`that this`)
)

// complete reads a question by what was asked before.
func (t *texts) complete(q corpus.Question) reading {
	if q.Before == nil {
		return reading{Question: q}
	}
	former := corpus.ParseQuestion(q.Before.Question)
	p := t.partsOf(q.Text)
	switch {
	case p.more && p.content == 0 && len(p.names) == 0 && former.Text != "":
		return furtherTo(q, former)
	case p.goesOn && p.content == 0 && len(p.names) > 0 && !p.asks:
		return t.instead(q, former, p)
	case len(p.names) > 0 || !p.refers && p.content > 0:
		return reading{Question: q}
	case p.content > 0 || p.identity || former.Text == "":
		return t.refer(q, former, p)
	}
	q.Text += " " + clip(former.Text)
	return reading{Question: q, about: plain(former.Text)}
}

// plain is a question as it is mentioned in a sentence.
func plain(question string) string { return strings.TrimRight(question, "?! .") }

// furtherTo asks a former question again, for what comes after the quote that was shown.
func furtherTo(q, former corpus.Question) reading {
	q.Text, q.Command = former.Text, former.Command
	return reading{Question: q, about: plain(former.Text), after: q.Before.Answer}
}

// instead asks a former question of another name: "and Chris Cox?".
func (t *texts) instead(q, former corpus.Question, p parts) reading {
	first, last := p.names[0], p.names[len(p.names)-1]
	name := q.Text[first.start:last.end]
	old, ok := likeliest(t.partsOf(former.Text).names, first.person)
	if !ok {
		q.Text = name
		return reading{Question: q}
	}
	q.Text, q.Command = former.Text[:old.start]+name+former.Text[old.end:], former.Command
	return reading{Question: q, about: plain(q.Text)}
}

// likeliest is the last name of a kind; where there is none, the last name.
func likeliest(names []questionName, person bool) (best questionName, ok bool) {
	for _, n := range names {
		if !ok || n.person == person || best.person != person {
			best, ok = n, true
		}
	}
	return best, ok
}

// possessives are followed by what belongs to somebody.
var possessives = map[string]string{"his": "'s", "hers": "'s", "its": "'s", "their": "'s"}

// refer puts whom or what a pronoun stands for in its place: names of the former question, else of the quote.
func (t *texts) refer(q, former corpus.Question, p parts) reading {
	var fit, all []string
	for _, n := range t.partsOf(former.Text).names {
		text := former.Text[n.start:n.end]
		all = append(all, text)
		if n.person == p.person {
			fit = append(fit, text)
		}
	}
	if len(fit) == 0 {
		fit = all
	}
	about := strings.Join(fit, " and ")
	if about == "" {
		about = t.namedAt(q.Before.Answer, p.person)
	}
	switch {
	case about == "":
	case p.identity && p.person:
		q.Text, q.Command = about, corpus.Who
	case p.identity:
		q.Text, q.Command = about, corpus.What
	case !p.refers:
		q.Text += " " + clip(about)
	default:
		q.Text = q.Text[:p.pronoun.start] + clip(about) + possessives[p.pronoun.form] + q.Text[p.pronoun.end:]
	}
	return reading{Question: q, about: about}
}

// parts are what a question that may lean on another is made of.
type parts struct {
	names   []questionName
	content int // other words that carry meaning

	asks     bool  // has a verb to ask with: "is", "did"
	acts     bool  // and it is none of "to be"
	refers   bool  // has a pronoun
	pronoun  token // the first
	person   bool  // which stands for a person
	identity bool  // asks who or what the pronoun stands for
	goesOn   bool  // begins like "and", "what about"
	more     bool  // "else", "more"
}

// questionName is a run of words in a question that are a name, in bytes, half-open.
type questionName struct {
	start, end int
	person     bool
}

func (t *texts) partsOf(question string) (p parts) {
	who, last := false, -1 // last is the word of the last name
	for i, k := range tokensOf(question) {
		p.asks, p.acts = p.asks || auxiliaries[k.form], p.acts || auxiliaries[k.form] && !copulas[k.form]
		switch {
		case k.flags&flagCompound != 0:
		case personalPronouns[k.form]:
			p.refer(k)
			p.person = true
		case thingPronouns[k.form] || demonstratives[k.form]:
			p.refer(k)
		case additions[k.form]:
			p.more = true
		case ellipses[k.form]:
			p.goesOn = true
		case questionWords[k.form] != "":
			who = who || questionWords[k.form] == "who" || questionWords[k.form] == "what"
		case stopWords[k.form]:
		case t.namesIt(k):
			p.name(k, last == i-1, t.namesPerson(k.form))
			last = i
		default:
			p.content++
		}
	}
	p.identity = who && p.refers && !p.acts && p.content == 0
	return p
}

func (p *parts) refer(k token) {
	if !p.refers {
		p.refers, p.pronoun = true, k
	}
}

// name adds a word to the names, be it to the last one.
func (p *parts) name(k token, goesOn, person bool) {
	if !goesOn || len(p.names) == 0 {
		p.names = append(p.names, questionName{start: k.start})
	}
	n := &p.names[len(p.names)-1]
	n.end, n.person = k.end, n.person || person
}

func tokensOf(text string) (all []token) {
	tokenize(text, func(k token) { all = append(all, k) })
	return all
}

// namesIt reports whether a word of a question is a name: by how the stories write it, else by
// its capital.
func (t *texts) namesIt(k token) bool {
	if id, ok := t.vocabulary.find(k.form); ok {
		return t.vocabulary.forms[id].isName()
	}
	return k.flags&flagCapital != 0 && k.flags&flagFirst == 0
}

func (t *texts) namesPerson(form string) bool {
	if id, ok := t.vocabulary.find(form); ok {
		return t.vocabulary.forms[id].person()
	}
	return english.GivenName(form)
}

// namedAt is a name of the sentence that answered: for a person the first that is known to be one,
// else the first.
func (t *texts) namedAt(answer corpus.Place, person bool) string {
	passage := t.passageAt(answer)
	if passage < 0 {
		return ""
	}
	sentence := int(t.passages[passage].sentence) + answer.Sentence
	from, to := t.wordsOf(sentence)
	r := resolver{texts: t}
	names := r.namesIn(from, to)
	for _, n := range names {
		if n.person == person {
			return t.writtenRun(n)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return t.writtenRun(names[0])
}
func (t *texts) writtenRun(n nameRun) string {
	var words []string
	for w := n.first; w < n.end; w++ {
		words = append(words, t.written(w))
	}
	return strings.Join(words, " ")
}
