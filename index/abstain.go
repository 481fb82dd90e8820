package index

import "verbatim/corpus"

// judge sets the outcome, the confidence, and the reason.
func (s *scorer) judge(a *corpus.Answer, order []int) {
	a.Outcome = corpus.Silence
	if len(order) > 0 && s.q.unmatched == "" && !s.smallTalk() {
		a.Outcome, a.Confidence = s.model.Support.judge(s.signals(order))
		if a.Outcome == corpus.Silence && s.knownNamesAlone() {
			a.Outcome = corpus.Closest
		}
	}
	s.explainOutcome(a, order)
}

// judge weighs what was found.
func (s *Support) judge(x Signals) (outcome corpus.Outcome, confidence float64) {
	switch {
	case s.Topic.Probability(&x) < s.SilenceBelow:
		outcome = corpus.Silence
	case s.HasAsked(&x) < s.AnswerFrom:
		outcome = corpus.Closest
	default:
		outcome = corpus.Answered
	}
	return outcome, s.Confidence(&x)
}

// knownNamesAlone reports whether a question asks of nothing but names that the stories have.
func (s *scorer) knownNamesAlone() bool {
	for i := range s.q.Terms {
		if !s.q.Terms[i].known {
			return false
		}
	}
	return s.namesAlone()
}
