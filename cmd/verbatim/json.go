package main

import (
	"encoding/json"
	"io"

	"verbatim/corpus"
)

// answerJSON is a line of `verbatim ask --json`. Its form does not change.
type answerJSON struct {
	Question   string         `json:"question"` // as typed
	Outcome    corpus.Outcome `json:"outcome"`
	Answered   bool           `json:"answered"` // the outcome is "answer"
	Confidence float64        `json:"confidence"`
	Reason     string         `json:"reason"`
	Quotes     []quoteJSON    `json:"quotes"` // candidates, whatever the outcome
	Took       int64          `json:"took_us"`
}

type quoteJSON struct {
	Story    corpus.StoryID `json:"story"`
	Title    string         `json:"title"`
	Section  string         `json:"section"`
	Passage  int            `json:"passage"` // index in the story, from 0
	Start    int            `json:"start"`   // of the sentence, in bytes of the story's text
	End      int            `json:"end"`
	Text     string         `json:"text"` // the passage
	Sentence string         `json:"sentence"`
	Score    float64        `json:"score"`
}

// writeJSON writes an object a line, each as soon as its answer is there.
func writeJSON(out io.Writer) func(exchange) error {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return func(e exchange) error {
		return lines.Encode(asJSON(e))
	}
}

func asJSON(e exchange) answerJSON {
	out := answerJSON{
		Question:   e.typed,
		Outcome:    e.answer.Outcome,
		Answered:   e.answer.Outcome == corpus.Answered,
		Confidence: e.answer.Confidence,
		Reason:     e.answer.Reason,
		Quotes:     []quoteJSON{},
		Took:       e.took.Microseconds(),
	}
	for _, q := range e.answer.Quotes {
		at := q.SentenceSpan()
		out.Quotes = append(out.Quotes, quoteJSON{
			Story: q.Story().ID, Title: q.Story().Title, Section: q.Section(),
			Passage: q.Passage(), Start: at.Start, End: at.End,
			Text: q.Text(), Sentence: q.SentenceText(), Score: q.Score,
		})
	}
	return out
}
