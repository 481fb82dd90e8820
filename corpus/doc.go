// Package corpus holds the words that the rest of the program speaks in.
//
// A [Story] is one text, in [Section]s. Its unit of retrieval is the [Passage], a
// paragraph, list item or table row; what can answer is a [Sentence] of a passage.
// A person asks a [Question] and gets an [Answer]: [Quote]s, best first, with an
// [Outcome] that says what they are worth. A [LibraryID] names the stories that one
// server keeps beside those of the operator.
//
// The package promises that a quote is a slice of its story: a [Quote] holds a story
// and a place in it, and reads its words out of the story's text. All places are
// half-open [Span]s of byte offsets into [Story.Text].
//
// It does not read files (see the package reader beneath it) and it ranks nothing (see
// the package index). Start with story.go, then quote.go and answer.go.
package corpus
