package index

import "math"

// Support judges whether stories answer. It holds three logistic models over the signals, each
// for one way in which stories fail to, what they come to together, and where the thresholds lie.
type Support struct {
	Topic  Signals // that the stories speak of what is asked: fails for another subject
	Asked  Signals // that they have the thing asked for: fails for "his wife" where no wife occurs
	Answer Signals // that they answer it: fails where the words are there and say something else

	Calibration Calibration

	// SilenceBelow is the probability of Topic under which the stories are silent; AnswerFrom
	// that of Topic and Asked from which a quote is given as an answer. Answer is too weak to
	// refuse by, and is left to the confidence.
	SilenceBelow, AnswerFrom float64
}

// Calibration is a logistic model over the three others: how likely it is, with what they say,
// that the stories answer.
type Calibration struct {
	Bias float64
	// Weights of Evidence.
	Evidence [3]float64
}

// HasAsked is the probability that the stories have what is asked for.
func (s *Support) HasAsked(x *Signals) float64 {
	return s.Topic.Probability(x) * s.Asked.Probability(x)
}

// settled are the odds, in nats, from which the subject and the thing asked for count as found:
// to be surer of them says nothing about the answer, and blurs what is said of that.
const settled = -2

// Evidence is what the calibration goes by: the odds of the three models, in nats, those of Topic
// and Asked up to where they are settled.
func (s *Support) Evidence(x *Signals) [3]float64 {
	return [3]float64{min(settled, s.Topic.odds(x)), min(settled, s.Asked.odds(x)), s.Answer.odds(x)}
}

// Confidence is the probability that the stories answer.
func (s *Support) Confidence(x *Signals) float64 {
	z := s.Calibration.Bias
	for i, e := range s.Evidence(x) {
		z += s.Calibration.Evidence[i] * e
	}
	return logistic(z)
}

// Probability applies the weights of a logistic model to the signals of a question.
func (w *Signals) Probability(x *Signals) float64 { return logistic(w.odds(x)) }

// odds are those of a logistic model, in nats.
func (w *Signals) odds(x *Signals) (z float64) {
	for i, v := range x {
		z += float64(w[i]) * float64(v)
	}
	return z
}

// logistic turns odds in nats into a probability.
func logistic(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }
