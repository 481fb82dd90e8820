package corpus

// Quote is a passage of a story and the sentence in it that answers. It cannot hold
// words that do not stand in the story: its text is read out of the story.
type Quote struct {
	story             *Story
	passage, sentence int

	// Score orders the quotes of one answer; it means nothing beyond that.
	Score float64
}

// NewQuote quotes a sentence of a passage, both by their index. It reports false where
// the story has no such place.
func NewQuote(story *Story, passage, sentence int) (Quote, bool) {
	if passage < 0 || passage >= len(story.Passages) {
		return Quote{}, false
	}
	if sentence < 0 || sentence >= len(story.Passages[passage].Sentences) {
		return Quote{}, false
	}
	return Quote{story: story, passage: passage, sentence: sentence}, true
}

// Place is where a quote stands, which need not be there (any more): passage and sentence are
// indexes, as for [NewQuote].
type Place struct {
	Story             StoryID
	Passage, Sentence int
}

// Place is where the quote stands.
func (q Quote) Place() Place { return Place{q.story.ID, q.passage, q.sentence} }

// Story is the story quoted.
func (q Quote) Story() *Story { return q.story }

// Passage is the index of the passage in the story.
func (q Quote) Passage() int { return q.passage }

// Sentence is the index of the answering sentence in its passage.
func (q Quote) Sentence() int { return q.sentence }

// PassageSpan is where the passage stands in the story's text.
func (q Quote) PassageSpan() Span { return q.story.Passages[q.passage].Span }

// SentenceSpan is where the answering sentence stands in the story's text.
func (q Quote) SentenceSpan() Span { return q.story.Passages[q.passage].Sentences[q.sentence].Span }

// Text is the passage, word for word.
func (q Quote) Text() string { return q.slice(q.PassageSpan()) }

// SentenceText is the answering sentence, word for word.
func (q Quote) SentenceText() string { return q.slice(q.SentenceSpan()) }

// Section is the heading that the passage stands under, empty where there is none.
func (q Quote) Section() string { return q.story.SectionTitle(q.passage) }

func (q Quote) slice(at Span) string { return q.story.Text[at.Start:at.End] }
