package index

import (
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"sync"

	"verbatim/corpus"
	"verbatim/english"
)

// wordsSum is a checksum of how words are read: of the tables of package english, and of what the
// code makes of a probe. An index that was kept from before a change of either is built again, so
// that nobody has to think of it.
var wordsSum = sync.OnceValue(func() uint32 {
	text := probe()
	s := &corpus.Story{ID: "probe", Title: "Probe", Text: text, Sections: []corpus.Section{{Passages: corpus.Span{End: 1}}},
		Passages: []corpus.Passage{{Span: corpus.Span{End: len(text)}}}}
	at := 0
	for line := range strings.Lines(text) {
		s.Passages[0].Sentences = append(s.Passages[0].Sentences, corpus.Sentence{Span: corpus.Span{Start: at, End: at + len(line)}})
		at += len(line)
	}
	t, err := readAll([]*corpus.Story{s}, unindexed{})
	if err != nil {
		return 0
	}
	sum := english.Sum()
	for _, b := range [][]byte{t.vocabulary.texts.bytes, t.vocabulary.stems.bytes, bytesOf(t.vocabulary.forms), bytesOf(t.words), bytesOf(t.flags), bytesOf(t.sentences),
		bytesOf(t.referents), t.nameText} {
		sum = crc32.Update(sum, castagnoli, b)
	}
	return sum
})

// probe is a text with all words of words.go, and with what is hard to cut into words.
func probe() string {
	var b strings.Builder
	for _, words := range []map[string]bool{stopWords, pronouns, months, timeWords, placeWords, cueReason, cueManner, numerals, money, personalPronouns, thingPronouns} {
		b.WriteString("Mara Lind " + strings.Join(slices.Sorted(maps.Keys(words)), " ") + ".\n")
	}
	b.WriteString("The U.S. start-up of O’Brien's paid $14.3 billion (or 1,000 €), he said; IT is state-of-the-art: “Zürich’s naïve œuvre” — 1987, the 1970s.\n")
	b.WriteString("The company hired Mara Lind, 34, of ACME. She wrote that they're well-known in Oslo and didn't go. They brought three new people on board, and removed her from her own role.\n")
	return b.String()
}

// unindexed are documents that nobody looks for.
type unindexed struct{}

func (unindexed) add(document) error         { return nil }
func (unindexed) finish() (*postings, error) { return &postings{}, nil }
func (unindexed) abandon()                   {}
