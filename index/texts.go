package index

import (
	"sort"
	"sync"

	"verbatim/corpus"
)

// texts is what the ranking knows of all stories, in flat arrays, made once when the stories are
// added. A story has consecutive sections, a section passages, a passage sentences and a sentence
// words; the last row of each array but the words is a sentinel that ends the one before.
type texts struct {
	vocabulary vocabulary
	stories    []storyEntry
	sections   []sectionEntry
	passages   []passageEntry
	sentences  []sentenceEntry
	referents  []reference // by sentence: the name that a pronoun or "the company" in it stands for
	words      []formID
	flags      []tokenFlags // of the word at the same place
	above      []termID     // of titles and headings, without small words
	labels     []byte       // what is written of stories beside their text: IDs, titles, …
	text       []byte       // of all stories
	byID       []uint32     // the stories in the order of their IDs

	spelling   trigrams
	acronymous []formID // forms that stand for phrases, see acronym.go
	named      []nameEntry
	nameText   []byte

	compact  []compactForm
	averaged []averages // one row
	averages
	mapped mapping // what the arrays lie in; nil for those in memory

	acronyms func() map[string][]acronym
}

// label is a place in labels, half-open.
type label struct{ from, to uint32 }

type storyEntry struct {
	text                       uint64 // where its text begins
	passage, section           uint32 // its first
	title                      uint32 // where the terms of its title begin in above
	titleEnd                   uint32
	id, called, author, source label
}

type sectionEntry struct {
	passage          uint32 // its first
	level            uint32
	terms, termsEnd  uint32 // of its heading, in above
	heading, headEnd uint32 // bytes in its story's text
	title            label
}

type passageEntry struct {
	sentence   uint32 // its first
	story      uint32
	section    uint32
	length     uint32 // content words
	start, end uint32 // bytes in its story's text
}

type sentenceEntry struct {
	word       uint32 // its first
	start, end uint32 // bytes in its story's text
	length     uint16 // content words
	refers     bool   // a pronoun or the like refers out of it
	_          uint8
}

// averages are how many content words there are on average.
type averages struct{ sentenceLength, passageLength float32 }

func (t *texts) average() averages {
	content := 0
	for _, p := range t.passages {
		content += int(p.length)
	}
	return averages{float32(content) / float32(max(1, t.sentenceCount())), float32(content) / float32(max(1, t.passageCount()))}
}

// prepare makes of the arrays what is not kept in them, which takes no longer for many stories.
func (t *texts) prepare() {
	t.averages = t.averaged[0]
	t.acronyms = sync.OnceValue(t.findAcronyms)
}

// What is counted leaves the sentinels out.
func (t *texts) storyCount() int    { return len(t.stories) - 1 }
func (t *texts) sentenceCount() int { return len(t.sentences) - 1 }
func (t *texts) passageCount() int  { return len(t.passages) - 1 }

// titleOf and headingOf are the terms that stand above a passage, without small words.
func (t *texts) titleOf(passage int) []termID {
	s := &t.stories[t.passages[passage].story]
	return t.above[s.title:s.titleEnd]
}
func (t *texts) headingOf(passage int) []termID {
	s := &t.sections[t.passages[passage].section]
	return t.above[s.terms:s.termsEnd]
}

// wordsOf are the words of a sentence, by index into words and flags.
func (t *texts) wordsOf(sentence int) (from, to int) {
	return int(t.sentences[sentence].word), int(t.sentences[sentence+1].word)
}

// sentencesOf are the sentences of a passage, by index.
func (t *texts) sentencesOf(passage int) (from, to int) {
	return int(t.passages[passage].sentence), int(t.passages[passage+1].sentence)
}

// sentenceOf is the sentence that a word stands in.
func (t *texts) sentenceOf(word int) int {
	return sort.Search(len(t.sentences), func(i int) bool { return int(t.sentences[i].word) > word }) - 1
}

// passageWith is the passage that a sentence stands in.
func (t *texts) passageWith(sentence int) int {
	return sort.Search(len(t.passages), func(i int) bool { return int(t.passages[i].sentence) > sentence }) - 1
}

// sentenceText is what is written there. It lies in the index, see [stringOf].
func (t *texts) sentenceText(sentence int) string {
	s := &t.sentences[sentence]
	at := t.stories[t.passages[t.passageWith(sentence)].story].text
	return stringOf(t.text[at+uint64(s.start) : at+uint64(s.end)])
}

// storyNumber finds a story by its ID.
func (t *texts) storyNumber(id corpus.StoryID) (int, bool) {
	i, ok := sort.Find(len(t.byID), func(i int) int {
		switch at := t.label(t.stories[t.byID[i]].id); {
		case string(id) < at:
			return -1
		case string(id) > at:
			return 1
		}
		return 0
	})
	if !ok {
		return 0, false
	}
	return int(t.byID[i]), true
}

func (t *texts) label(l label) string { return stringOf(t.labels[l.from:l.to]) }
