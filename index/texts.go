package index

import (
	"sort"

	"verbatim/corpus"
)

// texts is what the ranking knows of all stories: their words as numbers, in flat arrays, made
// once when the stories are added. A passage has consecutive sentences, a sentence consecutive
// words; the last entry of each array is a sentinel that ends the one before.
type texts struct {
	vocabulary *vocabulary
	stories    []storyEntry
	passages   []passageEntry
	sentences  []sentenceEntry
	words      []formID
	flags      []tokenFlags // of the word at the same place
	headings   [][]termID   // of the sections, without small words
	spelling   *trigrams
	acronyms   map[string][]acronym

	sentenceLength, passageLength float32 // content words on average
}

type storyEntry struct {
	story *corpus.Story
	first int // its first passage
	title []termID
}

type passageEntry struct {
	sentence uint32 // its first
	story    uint32
	length   uint32 // content words
	heading  uint32 // index into headings of its section's words
}

type sentenceEntry struct {
	word    uint32 // its first
	passage uint32
	length  uint16 // content words
	refers  bool   // a pronoun or the like refers out of it

	referent reference // the name that a pronoun or "the company" in it stands for
}

// newTexts reads the stories.
func newTexts(stories []*corpus.Story) *texts {
	b := textsBuilder{texts: &texts{vocabulary: newVocabulary()}}
	for _, s := range stories {
		b.story(s)
	}
	return b.finish()
}

type textsBuilder struct {
	*texts
	seen     []uint32 // by term: the last sentence (+1) that held it
	seenIn   []uint32 // by term: the last passage (+1) that held it
	seenForm []uint32 // by form: the last sentence (+1) that held it
}

func (b *textsBuilder) story(s *corpus.Story) {
	number := uint32(len(b.stories))
	b.stories = append(b.stories, storyEntry{story: s, first: len(b.passages), title: b.contentTerms(s.Title)})
	for _, section := range s.Sections {
		heading := uint32(len(b.headings))
		b.headings = append(b.headings, b.contentTerms(section.Title))
		for p := section.Passages.Start; p < section.Passages.End; p++ {
			b.passage(s, p, passageEntry{story: number, heading: heading})
		}
	}
}

// contentTerms are the terms of a title or heading, without the small words.
func (b *textsBuilder) contentTerms(text string) (terms []termID) {
	tokenize(text, func(t token) {
		if f := b.form(t.form); f.traits&traitStop == 0 {
			terms = append(terms, f.term)
		}
	})
	return terms
}

func (b *textsBuilder) form(text string) *form { return &b.vocabulary.forms[b.vocabulary.add(text)] }

func (b *textsBuilder) passage(s *corpus.Story, i int, entry passageEntry) {
	entry.sentence = uint32(len(b.sentences))
	b.passages = append(b.passages, entry)
	p := &b.passages[len(b.passages)-1]
	for _, sentence := range s.Passages[i].Sentences {
		p.length += uint32(b.sentence(s.Text[sentence.Start:sentence.End]))
	}
}

// sentence adds the words of a sentence and returns how many carry meaning.
func (b *textsBuilder) sentence(text string) int {
	number := uint32(len(b.sentences)) + 1
	entry := sentenceEntry{word: uint32(len(b.words)), passage: uint32(len(b.passages) - 1)}
	tokenize(text, func(t token) {
		id := b.vocabulary.add(t.form)
		f := &b.vocabulary.forms[id]
		b.words = append(b.words, id)
		b.flags = append(b.flags, t.flags)
		entry.refers = entry.refers || f.traits&traitPronoun != 0
		if f.traits&traitStop == 0 && t.flags&flagCompound == 0 {
			entry.length++
		}
		b.count(id, f, t.flags, number)
	})
	b.sentences = append(b.sentences, entry)
	return int(entry.length)
}

// count keeps the document frequencies of forms and terms.
func (b *textsBuilder) count(id formID, f *form, flags tokenFlags, sentence uint32) {
	b.seen, b.seenIn, b.seenForm = grow(b.seen, int(f.term)), grow(b.seenIn, int(f.term)), grow(b.seenForm, int(id))
	passage := uint32(len(b.passages))
	if b.seen[f.term] != sentence {
		b.seen[f.term] = sentence
		b.vocabulary.counts[f.term].sentences++
	}
	if b.seenIn[f.term] != passage {
		b.seenIn[f.term] = passage
		b.vocabulary.counts[f.term].passages++
	}
	if b.seenForm[id] != sentence {
		b.seenForm[id] = sentence
		f.uses.sentences++
	}
	if flags&flagFirst == 0 {
		f.uses.inside++
		if flags&flagCapital != 0 {
			f.uses.capital++
		}
	}
}

func grow(s []uint32, i int) []uint32 {
	for len(s) <= i {
		s = append(s, 0)
	}
	return s
}

// finish adds the sentinels and the averages.
func (b *textsBuilder) finish() *texts {
	t := b.texts
	t.resolve()
	t.spelling = newTrigrams(t.vocabulary)
	t.acronyms = acronymsOf(t.vocabulary)
	content := 0
	for _, p := range t.passages {
		content += int(p.length)
	}
	t.sentenceLength = float32(content) / float32(max(1, len(t.sentences)))
	t.passageLength = float32(content) / float32(max(1, len(t.passages)))
	t.sentences = append(t.sentences, sentenceEntry{word: uint32(len(t.words)), passage: uint32(len(t.passages))})
	t.passages = append(t.passages, passageEntry{sentence: uint32(len(t.sentences) - 1), story: uint32(len(t.stories))})
	return t
}

// sentenceCount and passageCount leave the sentinels out.
func (t *texts) sentenceCount() int { return len(t.sentences) - 1 }
func (t *texts) passageCount() int  { return len(t.passages) - 1 }

// titleOf and headingOf are the terms that stand above a passage, without small words.
func (t *texts) titleOf(passage int) []termID   { return t.stories[t.passages[passage].story].title }
func (t *texts) headingOf(passage int) []termID { return t.headings[t.passages[passage].heading] }

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
