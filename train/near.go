package train

import (
	"strings"

	"verbatim/corpus"
	"verbatim/english"
	"verbatim/index"
)

// relations are what people ask of anybody and anything, with the word that a story must have
// to answer. They make questions that a story does not answer although it has the name: those
// that people write to be unanswerable (as in SQuAD 2.0) use the story's own words instead, and
// teach nothing about words that are missing.
var relations = []struct{ word, question string }{
	{"wife", "Who is the wife of X?"}, {"husband", "Who was the husband of X?"}, {"parent", "Who are the parents of X?"},
	{"sister", "Who is the sister of X?"}, {"children", "How many children does X have?"}, {"marry", "When did X get married?"},
	{"bear", "When was X born?"}, {"born", "Where was X born?"}, {"birthplace", "What is the birthplace of X?"},
	{"die", "When did X die?"}, {"bury", "Where is X buried?"}, {"old", "How old is X?"}, {"tall", "How tall is X?"},
	{"weigh", "How much does X weigh?"}, {"religion", "What is the religion of X?"}, {"nickname", "What is the nickname of X?"},
	{"hobby", "What is the hobby of X?"}, {"favorite", "What is the favorite color of X?"}, {"dog", "What is the name of X's dog?"},
	{"university", "Where did X go to university?"}, {"school", "Which school did X attend?"}, {"language", "Which languages does X speak?"},
	{"award", "Which award did X win?"}, {"prison", "Why was X sent to prison?"}, {"disease", "What disease did X suffer from?"},
	{"retire", "When did X retire?"}, {"salary", "What is the salary of X?"}, {"worth", "How much is X worth?"},
	{"tax", "How much tax does X pay?"}, {"stock", "What is the stock price of X?"}, {"employee", "How many employees does X have?"},
	{"headquarters", "Where is the headquarters of X?"}, {"founded", "When was X founded?"}, {"founded", "Who founded X?"},
	{"invent", "Who invented X?"}, {"lawyer", "Which lawyer did X hire?"}, {"phone", "What is the phone number of X?"},
	{"user", "How many users does X have?"}, {"customer", "Who are the customers of X?"}, {"logo", "What does the logo of X look like?"},
	{"anthem", "What is the anthem of X?"}, {"climate", "What is the climate of X like?"}, {"mayor", "Who is the mayor of X?"},
	{"build", "Why was X built?"}, {"cost", "How much did X cost?"}, {"ticket", "How much is a ticket to X?"},
}

// maker makes questions that a story does not answer.
type maker struct {
	stems map[string]bool // of the story's words
	names []string
	made  int
}

// mostNames bounds the names that are asked about, the most used first.
const mostNames = 20

func newMaker(s *corpus.Story, x *index.Index) *maker {
	m := &maker{stems: map[string]bool{}, names: x.Names("", "", mostNames)}
	for _, w := range strings.FieldsFunc(strings.ToLower(s.Text), notLetter) {
		m.stems[english.Stem(w)] = true
	}
	return m
}

func notLetter(r rune) bool { return r < 'a' || r > 'z' }

func (m *maker) name() string {
	m.made++
	return m.names[m.made*7%len(m.names)]
}

// relation asks for something that the story has no word for; false where it has them all.
func (m *maker) relation(i int) (string, bool) {
	r := relations[i%len(relations)]
	if len(m.names) == 0 || m.stems[english.Stem(r.word)] {
		return "", false
	}
	return strings.Replace(r.question, "X", m.name(), 1), true
}

// renamed asks a question about another story of a name of this one; false where the question
// names nothing.
func (m *maker) renamed(question string) (string, bool) {
	words := strings.Fields(question)
	from, to := 0, 0
	for i := 1; i < len(words); i++ {
		capital := words[i][0] >= 'A' && words[i][0] <= 'Z'
		switch {
		case capital && from == 0:
			from, to = i, i+1
		case capital && to == i:
			to++
		}
	}
	if from == 0 || len(m.names) == 0 {
		return "", false
	}
	name := m.name() + ending(words[to-1])
	return strings.Join(append(append(append([]string{}, words[:from]...), name), words[to:]...), " "), true
}

// ending keeps the possessive and the question mark of the word that a name replaces.
func ending(word string) string {
	stem := strings.TrimRight(word, "?,.")
	mark := word[len(stem):]
	if strings.HasSuffix(stem, "'s") || strings.HasSuffix(stem, "’s") {
		return "'s" + mark
	}
	return mark
}
