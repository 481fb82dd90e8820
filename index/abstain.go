package index

import "verbatim/corpus"

// judge sets the outcome, the confidence, and the reason.
func (s *scorer) judge(a *corpus.Answer, order []int) {
	a.Outcome = corpus.Silence
	if len(order) > 0 && s.q.unmatched == "" && !s.smallTalk() {
		a.Outcome, a.Confidence = s.model.Support.judge(s.signals(order))
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
