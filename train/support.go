package train

import (
	"slices"

	"verbatim/index"
)

const (
	// silentShare of the answerable questions may meet silence: what is given up to refuse the
	// others.
	silentShare = .025
	// unansweredShare of them may be given less than an answer.
	unansweredShare = .038
)

// supportCost is the L2 cost of the models of support, chosen by cross-validation.
const supportCost = 5

// Example is a question for the models of support: its signals, and whether the answer to what
// the model judges is yes.
type Example struct {
	Signals index.Signals
	Yes     bool
}

const numSignals = len(index.Signals{})

// FitSupport fits one of the models of support.
func FitSupport(examples []Example, cost float64) (w index.Signals) {
	rows, yes := make([][]float64, len(examples)), make([]bool, len(examples))
	for i, e := range examples {
		rows[i], yes[i] = make([]float64, numSignals), e.Yes
		for j, x := range e.Signals {
			rows[i][j] = float64(x)
		}
	}
	bias, weights := fitLogistic(rows, yes, cost)
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
	s.Topic, s.Asked, s.Answer = FitSupport(topic, supportCost), FitSupport(thing, supportCost), FitSupport(answer, supportCost)
	return s
}

// ofWords leaves the features of the best sentence to the model of the answer: whether the
// subject is there at all was judged worse with them.
func ofWords(s index.Signals) index.Signals {
	clear(s[index.SignalSentence:])
	return s
}

// judged is a question with what models say that did not see it.
type judged struct {
	relation
	contested    bool
	topic, asked float64
	evidence     [3]float64
}

// calibrate sets the thresholds, and makes the confidence a probability: by what models said of
// questions that they had not seen, since of those that they had they are too sure.
func calibrate(s *index.Support, questions []judged) {
	var topic, asked []float64
	var rows [][]float64
	var yes []bool
	contested := slices.ContainsFunc(questions, func(q judged) bool { return q.contested })
	for _, q := range questions {
		if q.relation == answers {
			topic, asked = append(topic, q.topic), append(asked, q.asked)
		}
		// Where no question is hostile, those that are answered would count for too much.
		if q.contested == contested {
			rows, yes = append(rows, q.evidence[:]), append(yes, q.relation == answers)
		}
	}
	s.SilenceBelow, s.AnswerFrom = quantile(topic, silentShare), quantile(asked, unansweredShare)
	bias, weights := fitLogistic(rows, yes, 1)
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
