package corpus

// Outcome says what the quotes of an answer are worth.
type Outcome string

const (
	// Silence: the story does not say. No quote is shown.
	Silence Outcome = "silence"
	// Closest: the story speaks of the thing, but likely does not answer.
	Closest Outcome = "closest"
	// Answered: the first quote answers.
	Answered Outcome = "answer"
)

// Answer is what the stories have to say to a question. Silence is a value, not an error.
type Answer struct {
	Question Question
	Outcome  Outcome

	// Confidence, from 0 to 1, is how likely the stories answer the question.
	Confidence float64
	// Reason says in one sentence for people why the outcome is not Answered. It may
	// hold words of the question and is empty where nothing particular can be said.
	Reason string
	// Subject is the names that the question asks about, as the person wrote them; empty where
	// it has none. It completes a later question ("How old is he?").
	Subject string
	// Suggestion is a question to ask instead, in the form that [ParseQuestion] reads;
	// empty where there is none.
	Suggestion string
	// Read is the question as it was understood, complete and in the form that
	// [ParseQuestion] reads: what a later question may lean on.
	Read string
	// About is what the question was taken to be about, where that was completed from what was
	// asked before; else empty.
	About string

	// Quotes are the best candidates, best first and one a passage, whatever the outcome.
	// What a person is shown is for Outcome to say.
	Quotes []Quote
}
