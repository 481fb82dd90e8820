package train

import (
	"slices"

	"verbatim/index"
)

const (
	// silentShare of the answerable questions may meet silence: what is given up to refuse the
	// others.
	silentShare = .022
	// unansweredShare of them may be given less than an answer.
	unansweredShare = .034
)

// supportCost and answerCost are the L2 costs of the models of support, chosen by cross-validation;
// that of the answer has the features of the sentence to learn as well, and the least to learn from.
const (
	supportCost = 5
	answerCost  = 20
)

// Example is a question for the models of support: its signals, and whether the answer to what
// the model judges is yes.
type Example struct {
	Signals index.Signals
	Yes     bool
}

const numSignals = len(index.Signals{})

// FitSupport fits one of the models of support.
func FitSupport(examples []Example, cost float64) (w index.Signals) {
	seen := make([]observation, len(examples))
	for i, e := range examples {
		seen[i] = observation{make([]float64, numSignals), e.Yes, 1}
		for j, x := range e.Signals {
			seen[i].x[j] = float64(x)
		}
	}
	bias, weights := fitLogistic(seen, cost)
	for j, x := range weights {
		w[j] = float32(x)
	}
	w[index.SignalBias] = float32(bias)
	return w
}

// fitModels fits the three models of support to questions.
func fitModels(questions []asked) (s index.Support) {
	var topic, thing, answer []Example
	for _, a := range questions {
		switch a.relation {
		case answers, offTopic:
			topic = append(topic, Example{ofWords(a.signals), a.relation == answers})
		}
		switch a.relation {
		case answers, near:
			e := Example{ofWords(a.signals), a.relation == answers}
			e.Signals[index.SignalShort] = 0 // the made questions are all short
			thing = append(thing, e)
		}
		if a.contested && (a.relation == answers || a.relation == hostile) {
			answer = append(answer, Example{a.signals, a.relation == answers})
		}
	}
	s.Topic, s.Asked, s.Answer = FitSupport(topic, supportCost), FitSupport(thing, supportCost), FitSupport(answer, answerCost)
	return s
}

// ofWords leaves the features of the best sentence, and its length, to the model of the answer: whether the
// subject is there at all was judged worse with them.
func ofWords(s index.Signals) index.Signals {
	clear(s[index.SignalSentence:])
	s[index.SignalLength] = 0
	return s
}

// judged is a question with what models say that did not see it.
type judged struct {
	relation
	contested    bool
	topic, asked float64
	evidence     [3]float64
}

// shares are how many of the questions that the confidence is calibrated for are of a relation:
// half are answered, and most of the others have nothing to do with the story.
var shares = map[relation]float64{answers: 1. / 2, hostile: 1. / 6, near: 1. / 6, offTopic: 1. / 6}

// calibrate sets the thresholds, and makes the confidence a probability: by what models said of
// questions that they had not seen, since of those that they had they are too sure.
func calibrate(s *index.Support, questions []judged) {
	var topic, asked []float64
	contested := slices.ContainsFunc(questions, func(q judged) bool { return q.contested })
	count := map[relation]float64{}
	for _, q := range questions {
		if q.relation == answers {
			topic, asked = append(topic, q.topic), append(asked, q.asked)
		}
		if q.contested == contested {
			count[q.relation]++
		}
	}
	s.SilenceBelow, s.AnswerFrom = quantile(topic, silentShare), quantile(asked, unansweredShare)
	var seen []observation
	for _, q := range questions {
		// The sets with hostile questions alone: others would make those that are answered too sure.
		if q.contested == contested {
			weight := shares[q.relation] / count[q.relation] * float64(len(questions))
			seen = append(seen, observation{q.evidence[:], q.relation == answers, weight})
		}
	}
	bias, weights := fitLogistic(seen, 1)
	s.Calibration.Bias = bias
	copy(s.Calibration.Evidence[:], weights)
}

// quantile is the value under which a share of all lies.
func quantile(all []float64, share float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[int(share*float64(len(all)))]
}
