package index

import (
	"math"
	"math/bits"

	"verbatim/corpus"
)

// Signal is what the support for an answer is judged by: how well the best candidate, and the
// stories as a whole, hold what the question asks. Rarity, not the stories' own idf, weighs the
// words here: what is rare in English and missing is the strongest sign that the story is silent.
type Signal int

// The signals.
const (
	SignalBias           Signal = iota // always 1
	SignalCoverage                     // rarity share of the terms that the best sentence holds
	SignalPassage                      // that its passage, title and heading hold
	SignalMeaning                      // the same, related words counting in part
	SignalBest                         // the largest rarity share that any passage holds
	SignalKnown                        // rarity share of the terms that occur anywhere in the stories
	SignalUnknown                      // rarity of the rarest term that occurs nowhere, by the largest rarity there is
	SignalUnknownName                  // the same for names and numbers
	SignalMissing                      // rarity of the rarest term that passage and title lack
	SignalMissingName                  // the same for names and numbers
	SignalCount                        // share of the terms that the passage holds, each counting alike
	SignalPairs                        // the feature pairs of the best sentence
	SignalContiguous                   // its longest run of the question's words
	SignalDensity                      // its density
	SignalFits                         // it holds something of the wanted kind; 0 where none is known
	SignalMisfits                      // it does not, though a kind is wanted
	SignalNear                         // fitting.near
	SignalFittingDense                 // fitting.dense
	SignalScore                        // the score of the best candidate
	SignalMargin                       // by how much it leads the next passage
	SignalShort                        // 1 by the number of terms
	SignalFocus                        // the noun that is asked for stands in the passage
	SignalFocusKind                    // it does not, but a word for a kind of it stands in the sentence
	SignalFocusMissing                 // neither
	SignalFocusAbsent                  // it stands nowhere in the stories, nor does a relative
	SignalRelationAbsent               // the same for the noun of "the … of"
	SignalAlone                        // nothing but a name is asked for
	SignalMissingSquared               // missing, squared: weighs a single rare gap
	SignalNoPerson                     // a person is wanted and the sentence holds no new name
	SignalNoTime                       // a time is wanted and it holds no date
	SignalNoAmount                     // an amount is wanted and it holds no number
	SignalNoUnit                       // an amount is wanted and no number has its unit
	SignalNoPlace                      // a place is wanted and it holds none
	SignalNoReason                     // a reason is wanted and no word for one is there
	ownSignals           int    = iota
)

// numSignals: after the signals above come the features of the best candidate.
const numSignals = ownSignals + numFeatures

var signalNames = func() (names [numSignals]string) {
	copy(names[:], []string{"bias", "coverage", "passage", "meaning", "best", "known", "unknown", "unknown.name",
		"missing", "missing.name", "count", "pairs", "contiguous", "density", "fits", "misfits", "near", "fitting.dense",
		"score", "margin", "short", "focus", "focus.kind", "focus.missing", "focus.absent", "relation.absent", "alone", "missing.squared",
		"no.person", "no.time", "no.amount", "no.unit", "no.place", "no.reason"})
	for i, f := range featureNames {
		names[ownSignals+i] = "sentence." + f
	}
	return names
}()

// Signals are the values for one question.
type Signals [numSignals]float32

// MarshalJSON writes signals by name.
func (s Signals) MarshalJSON() ([]byte, error) { return marshalNamed(s[:], signalNames[:]) }

// UnmarshalJSON reads signals by name.
func (s *Signals) UnmarshalJSON(raw []byte) error { return unmarshalNamed(raw, s[:], signalNames[:]) }

// String is the signal's name.
func (s Signal) String() string { return signalNames[s] }

// Support holds two logistic models over the signals, and where their thresholds lie.
type Support struct {
	Topic  Signals // that the stories speak of what is asked
	Answer Signals // that they answer it, if they do

	// SilenceBelow is the probability of Topic under which the stories are silent; AnswerFrom
	// that of both from which a quote is given as an answer.
	SilenceBelow, AnswerFrom float64
}

// Probability applies the weights of a logistic model to the signals of a question.
func (w *Signals) Probability(s *Signals) float64 {
	z := 0.0
	for i, v := range s {
		z += float64(w[i]) * float64(v)
	}
	return 1 / (1 + math.Exp(-z))
}

// Confidence is the probability that the stories speak of what is asked and answer it.
func (s *Support) Confidence(x *Signals) float64 {
	return s.Topic.Probability(x) * s.Answer.Probability(x)
}

// signals judges the best candidate, the first of order.
func (s *scorer) signals(order []int) (x Signals) {
	q := s.q
	x[SignalBias] = 1
	if len(order) == 0 || len(q.Terms) == 0 {
		return x
	}
	c := &s.candidates[order[0]]
	v := &s.scratch.passages[c.view]
	f := &c.features
	held := v.held | v.title | v.heading
	whole := q.rarity + 1e-9
	for i := range q.Terms {
		k := &q.Terms[i]
		bit := uint32(1) << i
		part, rare := k.Rarity/whole, k.Rarity/maxRarity
		entity := k.Name || k.Number
		if c.held&bit != 0 {
			x[SignalCoverage] += part
		}
		if held&bit != 0 {
			x[SignalPassage] += part
			x[SignalMeaning] += part
		} else {
			x[SignalMeaning] += part * s.relatedIn(c.view, i)
			x[SignalMissing] = max(x[SignalMissing], rare)
			if entity {
				x[SignalMissingName] = max(x[SignalMissingName], rare)
			}
		}
		if k.known {
			x[SignalKnown] += part
		} else {
			x[SignalUnknown] = max(x[SignalUnknown], rare)
			if entity {
				x[SignalUnknownName] = max(x[SignalUnknownName], rare)
			}
		}
	}
	x[SignalMissingSquared] = x[SignalMissing] * x[SignalMissing]
	for i := range s.scratch.passages {
		p := &s.scratch.passages[i]
		x[SignalBest] = max(x[SignalBest], s.rarityOf(p.held|p.title|p.heading)/whole)
	}
	x[SignalCount] = float32(bits.OnesCount32(held)) / float32(len(q.Terms))
	x[SignalPairs], x[SignalContiguous], x[SignalDensity] = f[Pairs], f[Contiguous], f[Density]
	x[SignalFits], x[SignalMisfits] = one(f[Fits] > 0), one(f[Fits] == 0)
	x[SignalNear], x[SignalFittingDense] = f[FittingNear], f[FittingDense]
	x[SignalScore] = c.score
	x[SignalMargin] = s.margin(order)
	x[SignalShort] = 1 / float32(len(q.Terms))
	s.focusSignals(&x, c, held)
	s.misfitSignals(&x, c)
	copy(x[ownSignals:], f[:])
	x[SignalAlone] = one(s.namesAlone())
	return x
}

// relatedIn is how near the nearest relative of a term comes in a passage.
func (s *scorer) relatedIn(view, term int) (best float32) {
	for i := range s.candidates {
		if s.candidates[i].view == view {
			best = max(best, s.candidates[i].related[term])
		}
	}
	return best
}

func (s *scorer) rarityOf(held uint32) (sum float32) {
	for ; held != 0; held &= held - 1 {
		sum += s.q.Terms[bits.TrailingZeros32(held)].Rarity
	}
	return sum
}

// margin is the lead over the best sentence of another passage.
func (s *scorer) margin(order []int) float32 {
	for _, i := range order[1:] {
		if s.candidates[i].view != s.candidates[order[0]].view {
			return s.candidates[order[0]].score - s.candidates[i].score
		}
	}
	return 0
}

// focusSignals look for the noun that is asked for.
func (s *scorer) focusSignals(x *Signals, c *candidate, held uint32) {
	for i := range s.q.Terms {
		t := &s.q.Terms[i]
		if s.q.focusText == "" || t.Text != s.q.focusText {
			continue
		}
		switch {
		case held&(1<<i) != 0 || s.relatedIn(c.view, i) > .5:
			x[SignalFocus] = 1
		case c.features[FocusKind] > 0:
			x[SignalFocusKind] = 1
		default:
			x[SignalFocusMissing] = 1
			x[SignalFocusAbsent] = one(!t.known && len(t.relatives) == 0)
			x[SignalRelationAbsent] = x[SignalFocusAbsent] * one(s.q.described)
		}
	}
}

// misfitSignals tell what of the wanted kind is missing.
func (s *scorer) misfitSignals(x *Signals, c *candidate) {
	lacks := map[Kind]Signal{Person: SignalNoPerson, Time: SignalNoTime, Amount: SignalNoAmount, Place: SignalNoPlace, Reason: SignalNoReason}
	x[SignalNoUnit] = one(s.q.Wants == Amount && c.features[FittingUnit] == 0)
	if signal, ok := lacks[s.q.Wants]; ok && c.features[Fits] == 0 {
		x[signal] = 1
	}
}

func (s *scorer) namesAlone() bool {
	for i := range s.q.Terms {
		if !s.q.Terms[i].Name {
			return false
		}
	}
	return true
}

// judge sets the outcome and its reason.
func (s *scorer) judge(a *corpus.Answer, order []int) {
	x := s.signals(order)
	m := s.model
	topic := m.Support.Topic.Probability(&x)
	a.Confidence = m.Support.Confidence(&x)
	switch {
	case len(order) == 0 || s.q.unmatched != "" || topic < m.Support.SilenceBelow:
		a.Outcome = corpus.Silence
	case a.Confidence < m.Support.AnswerFrom:
		a.Outcome = corpus.Closest
	default:
		a.Outcome = corpus.Answered
	}
	s.explainOutcome(a, order)
}
