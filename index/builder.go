package index

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"verbatim/corpus"
)

// builder reads stories, one after the other, into the arrays of an index and into Bleve. What
// grows with the stories' length is in columns, which may lie in files; what grows with the
// number of different words is in memory.
type builder struct {
	workshop   *workshop
	documents  documents
	vocabulary vocabulary
	known      stringTable // IDs of the stories so far

	stories   column[storyEntry]
	sections  column[sectionEntry]
	passages  column[passageEntry]
	sentences column[sentenceEntry]
	referents column[reference]
	words     column[formID]
	flags     column[tokenFlags]
	above     column[termID]
	labels    column[byte]
	text      column[byte]

	lastHeld []held   // by term
	seenForm []uint32 // by form: the last sentence (+1) that held it
	terms    counts   // of the passage that is read
	phrasal  phrasal
}

// held is where a term stood last.
type held struct {
	sentence, passage uint32 // + 1
	place             uint32 // in the terms that are counted, if it has one there
}

func newBuilder(w *workshop, d documents) *builder {
	return &builder{workshop: w, documents: d,
		passages: newColumn[passageEntry](w), sentences: newColumn[sentenceEntry](w), referents: newColumn[reference](w),
		words: newColumn[formID](w), flags: newColumn[tokenFlags](w), text: newColumn[byte](w)}
}

// mostText is how long the text of a story can be: places in it are of 32 bits.
const mostText = math.MaxUint32

// add reads a story. One whose ID was there before is left out.
func (b *builder) add(s *corpus.Story) error {
	if len(s.Text) > mostText {
		return fmt.Errorf("the text of %q is longer than 4 GB", s.Title)
	}
	if _, added := b.known.add(string(s.ID)); !added {
		return nil
	}
	e := storyEntry{text: uint64(b.text.len()), passage: uint32(b.passages.len()), section: uint32(b.sections.len()),
		id: b.label(string(s.ID)), called: b.label(s.Title), author: b.label(s.Author), source: b.label(s.Source)}
	title := b.contentTerms(s.Title)
	e.title, e.titleEnd = b.putAbove(title)
	for _, section := range s.Sections {
		if err := b.section(s, section, title); err != nil {
			return err
		}
	}
	b.text.add([]byte(s.Text)...)
	b.stories.add(e)
	return nil
}

func (b *builder) label(s string) label {
	from := b.labels.len()
	b.labels.add([]byte(s)...)
	return label{uint32(from), uint32(b.labels.len())}
}

func (b *builder) section(s *corpus.Story, section corpus.Section, title []termID) error {
	heading := b.contentTerms(section.Title)
	e := sectionEntry{passage: uint32(b.passages.len()), level: uint32(section.Level), heading: uint32(section.Heading.Start), headEnd: uint32(section.Heading.End),
		title: b.label(section.Title)}
	e.terms, e.termsEnd = b.putAbove(heading)
	b.sections.add(e)
	context := b.countAbove(title)
	if section.Title != s.Title {
		context = b.countAbove(title, heading)
	}
	for p := section.Passages.Start; p < section.Passages.End; p++ {
		if err := b.passage(s, p, context); err != nil {
			return err
		}
	}
	return nil
}

// contentTerms are the terms of a title or heading, without the small words.
func (b *builder) contentTerms(text string) (terms []termID) {
	tokenize(text, func(t token) {
		if f := &b.vocabulary.forms[b.vocabulary.add(t.form)]; f.traits&traitStop == 0 {
			terms = append(terms, f.term)
		}
	})
	return terms
}

func (b *builder) putAbove(terms []termID) (from, to uint32) {
	from = uint32(b.above.len())
	b.above.add(terms...)
	return from, uint32(b.above.len())
}

// countAbove counts the terms of titles and headings.
func (b *builder) countAbove(lines ...[]termID) counts {
	b.terms = counts{}
	for _, line := range lines {
		for _, t := range line {
			b.hold(t)
		}
	}
	return b.terms
}

func (b *builder) passage(s *corpus.Story, i int, context counts) error {
	p := &s.Passages[i]
	e := passageEntry{sentence: uint32(b.sentences.len()), story: uint32(b.stories.len()), section: uint32(b.sections.len() - 1), start: uint32(p.Start), end: uint32(p.End)}
	b.terms = counts{terms: make([]counted, 0, len(b.terms.terms)+8)} // the last are on their way to Bleve
	for _, sentence := range p.Sentences {
		e.length += uint32(b.sentence(s.Text, sentence.Span))
	}
	number := b.passages.len()
	b.passages.add(e)
	return b.documents.add(document{number, [numFields]counts{fieldText: b.terms, fieldContext: context}})
}

// hold counts a term of the passage that is read.
func (b *builder) hold(t termID) {
	b.lastHeld = grow(b.lastHeld, int(t))
	place, of := &b.lastHeld[t].place, &b.terms
	of.total++
	if at := int(*place); at < len(of.terms) && of.terms[at].id == t {
		of.terms[at].times++
		return
	}
	*place = uint32(len(of.terms))
	of.terms = append(of.terms, counted{t, 1, b.vocabulary.stem(t)})
}

// sentence adds the words of a sentence and returns how many carry meaning.
func (b *builder) sentence(text string, at corpus.Span) int {
	number := uint32(b.sentences.len()) + 1
	e := sentenceEntry{word: uint32(b.words.len()), start: uint32(at.Start), end: uint32(at.End)}
	length := 0
	b.phrasal.begin()
	var put func(t token)
	put = func(t token) {
		id := b.vocabulary.add(t.form)
		f := &b.vocabulary.forms[id]
		b.words.add(id)
		b.flags.add(t.flags)
		e.refers = e.refers || f.traits&traitPronoun != 0
		if f.traits&traitStop == 0 {
			length += count(t.flags&flagCompound == 0)
			b.hold(f.term)
		}
		b.count(id, f, t.flags, number)
		if verb := b.phrasal.next(t.start, b.vocabulary.stem(f.term), f.traits, t.flags); verb != "" {
			put(token{start: b.phrasal.places[0], end: t.end, form: verb, flags: flagCompound | flagPhrasal})
		}
	}
	tokenize(text[at.Start:at.End], put)
	e.length = uint16(min(length, math.MaxUint16))
	b.sentences.add(e)
	return length
}

// count keeps the document frequencies of forms and terms.
func (b *builder) count(id formID, f *form, flags tokenFlags, sentence uint32) {
	b.lastHeld, b.seenForm = grow(b.lastHeld, int(f.term)), grow(b.seenForm, int(id))
	if last := &b.lastHeld[f.term]; last.sentence != sentence {
		last.sentence = sentence
		b.vocabulary.counts[f.term].sentences++
		if passage := uint32(b.passages.len()) + 1; last.passage != passage {
			last.passage = passage
			b.vocabulary.counts[f.term].passages++
		}
	}
	if b.seenForm[id] != sentence {
		b.seenForm[id] = sentence
		f.uses.sentences++
	}
	if flags&flagFirst == 0 {
		f.uses.inside++
		f.uses.capital += uint32(count(flags&flagCapital != 0))
	}
	if flags&flagCapital != 0 && f.uses.written == 0 {
		f.uses.written = uint32(b.words.len())
	}
}

func grow[T any](s []T, i int) []T {
	for len(s) <= i {
		var row T
		s = append(s, row)
	}
	return s
}

// finish adds the sentinels and all that can be known only now.
func (b *builder) finish() (*texts, error) {
	b.stories.add(storyEntry{text: uint64(b.text.len()), passage: uint32(b.passages.len()), section: uint32(b.sections.len())})
	b.sections.add(sectionEntry{passage: uint32(b.passages.len())})
	b.passages.add(passageEntry{sentence: uint32(b.sentences.len()), story: uint32(b.stories.len() - 1), section: uint32(b.sections.len() - 1)})
	b.sentences.add(sentenceEntry{word: uint32(b.words.len())})
	t := &texts{vocabulary: b.vocabulary}
	if err := errors.Join(collect(b.workshop, &b.stories, &t.stories), collect(b.workshop, &b.sections, &t.sections), collect(b.workshop, &b.passages, &t.passages),
		collect(b.workshop, &b.sentences, &t.sentences), collect(b.workshop, &b.words, &t.words), collect(b.workshop, &b.flags, &t.flags),
		collect(b.workshop, &b.above, &t.above), collect(b.workshop, &b.labels, &t.labels), collect(b.workshop, &b.text, &t.text)); err != nil {
		return nil, err
	}
	t.averaged = []averages{t.average()}
	t.compact = t.vocabulary.compact()
	t.prepare()
	t.findSurnames(b.workshop.forget)
	c := newNameCollector(t)
	t.resolve(func(passage int, referents []reference) {
		b.referents.add(referents...)
		c.passage(passage)
		if passage%forgetEvery == 0 {
			b.workshop.forget()
		}
	})
	t.named, t.nameText = c.names()
	t.spelling.build(&t.vocabulary)
	t.acronymous = acronymous(&t.vocabulary)
	t.byID = t.sortedByID()
	return t, collect(b.workshop, &b.referents, &t.referents)
}

// forgetEvery is after how many passages what was read of the columns may leave the memory.
const forgetEvery = 50_000

func collect[T any](w *workshop, c *column[T], rows *[]T) (err error) {
	*rows, err = c.finish(w)
	return err
}

func (t *texts) sortedByID() []uint32 {
	order := make([]uint32, t.storyCount())
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(t.label(t.stories[a].id), t.label(t.stories[b].id)) })
	return order
}
