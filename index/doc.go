// Package index finds the sentences of stories that answer a question, or that none does.
//
// The way of a question, with the file of each stage:
//
//   - token.go cuts texts and questions into the same words; vocabulary.go numbers them; builder.go
//     reads stories into the flat arrays of texts.go; reference.go finds whom "he" and "the company"
//     stand for.
//   - query.go analyses the question: terms, names, phrases; kind.go what it wants. spelling.go corrects it,
//     acronym.go spells it out, nickname.go finds who is meant by a short name, phrasal.go reads verbs of several
//     words, followup.go completes it from the one before.
//   - search.go says what passages are looked for; retrieve.go finds them by Bleve's postings, which
//     documents.go makes, postings.go opens and cursor.go reads.
//   - candidates.go reads their sentences, order.go picks those worth a look; features.go measures
//     what each holds, placing.go where, fitting.go whether it is what is wanted; weights.go names
//     the features; rank.go orders the sentences by a linear model, whose weights stand in weights.json.
//   - signals.go and home.go look at what was found as a whole, signal.go names what they see;
//     support.go makes probabilities of it; abstain.go judges whether the stories answer, and
//     smalltalk.go whether they were asked at all; reason.go says why they may not answer.
//   - answer.go ties the stages together; explain.go shows all that went into an answer.
//   - names.go and examples.go offer names to type and questions to try.
//
// An index is made in memory by [New], or written to disk by [Build] and opened by [Open] (store.go).
// On disk it is the same arrays in one file, mapped (snapshot.go, mapping.go), beside Bleve's segment;
// while it is built, column.go keeps what is long in files. verify.go finds damage, reading.go what
// was made by another version, shelf.go makes stories of it again, life.go lets questions end before
// it closes. The command sizes measures how this does with a million passages.
//
// The same question to the same stories gives the same answer, byte for byte: nothing here looks
// at a clock, draws lots, or depends on the order of a map.
//
// It makes no sentence of its own for an answer: quotes are places in stories (see
// [corpus.Quote]). Start with answer.go. docs/ranking.md has what was measured, and the goldens
// under testdata/answers show what a change of weights changes.
package index
