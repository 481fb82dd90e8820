package index

import (
	"strings"

	"verbatim/corpus"
)

// A question may lean on the one before: "How old is he?", "why?", "and when?". It is completed
// by what that asked about.

// ellipses begin or make up questions that say only what is new.
var ellipses = set(`and also else more about then exactly`)

// complete returns what is to be added to a question, and whom or what that is about; both
// empty where the question stands by itself.
func (t *texts) complete(question string, before *corpus.Before) (added, about string) {
	if before == nil {
		return "", ""
	}
	refers, person, content := false, false, 0
	for _, k := range tokensOf(question) {
		switch {
		case personalPronouns[k.form]:
			refers, person = true, true
		case thingPronouns[k.form]:
			refers = true
		case stopWords[k.form] || questionWords[k.form] != "" || ellipses[k.form]:
		case t.namesIt(k):
			return "", ""
		default:
			content++
		}
	}
	if !refers && content > 0 {
		return "", ""
	}
	subject := strings.Join(t.namedIn(before.Question), " ")
	if subject == "" && refers {
		subject = t.namedByQuote(before.Quote, person)
	}
	if content == 0 && before.Question != "" {
		if subject == "" {
			subject = before.Question
		}
		return before.Question, subject
	}
	return subject, subject
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

// namedIn are the names of a question, as the person wrote them.
func (t *texts) namedIn(question string) (names []string) {
	for _, k := range tokensOf(question) {
		if k.flags&flagCompound == 0 && !stopWords[k.form] && questionWords[k.form] == "" && t.namesIt(k) {
			names = append(names, question[k.start:k.end])
		}
	}
	return names
}

// namedByQuote is a name of the sentence that answered: for a person the first that is known to
// be one, else the first.
func (t *texts) namedByQuote(q corpus.Quote, person bool) string {
	number, ok := -1, false
	if q != (corpus.Quote{}) {
		number, ok = t.storyNumber(q.Story().ID)
	}
	if !ok {
		return ""
	}
	sentence := int(t.passages[int(t.stories[number].passage)+q.Passage()].sentence) + q.Sentence()
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
