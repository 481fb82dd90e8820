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
	SignalPassageSquared               // passage and best, squared: what holds nearly all weighs more
	SignalBestSquared
	SignalNoPerson      // a person is wanted and the sentence holds no new name
	SignalNoTime        // a time is wanted and it holds no date
	SignalNoAmount      // an amount is wanted and it holds no number
	SignalNoUnit        // an amount is wanted and no number has its unit
	SignalNoPlace       // a place is wanted and it holds none
	SignalNegated       // the question says "not" and the sentence does not
	SignalOpposed       // the sentence has the opposite of a term that it lacks
	SignalNoReason      // a reason is wanted and no word for one is there
	SignalNameSwapped   // it lacks a name of the question and has others instead
	SignalNumberSwapped // the same for numbers
	SignalMissingCount  // how many terms it lacks, up to 8
	SignalElsewhere     // share of the terms that only its surroundings hold
	SignalKind          // the kind of the question: the first of one signal each

)

// After the signals above and the kinds come the features of the best candidate.
const (
	ownSignals = int(SignalKind) + numKinds
	numSignals = ownSignals + numFeatures
)

var signalNames = func() (names [numSignals]string) {
	copy(names[:], []string{"bias", "coverage", "passage", "meaning", "best", "known", "unknown", "unknown.name",
		"missing", "missing.name", "count", "pairs", "contiguous", "density", "fits", "misfits", "near", "fitting.dense",
		"score", "margin", "short", "focus", "focus.kind", "focus.missing", "focus.absent", "relation.absent", "alone", "missing.squared", "passage.squared", "best.squared",
		"no.person", "no.time", "no.amount", "no.unit", "no.place", "negated", "opposed", "no.reason", "name.swapped", "number.swapped",
		"missing.count", "elsewhere"})
	for i, k := range kindNames {
		names[int(SignalKind)+i] = "kind." + k
	}
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

// Support holds three logistic models over the signals, each for one way in which stories fail to
// answer, and where the thresholds lie.
type Support struct {
	Topic  Signals // that the stories speak of what is asked: fails for another subject
	Asked  Signals // that they have the thing asked for: fails for "his wife" where no wife occurs
	Answer Signals // that they answer it: fails where the words are there and say something else

	// SilenceBelow is the probability of Topic under which the stories are silent; AnswerFrom
	// that of Topic and Asked from which a quote is given as an answer. Answer is too weak to
	// refuse by, and is left to the confidence.
	SilenceBelow, AnswerFrom float64
}

// HasAsked is the probability that the stories have what is asked for.
func (s *Support) HasAsked(x *Signals) float64 {
	return s.Topic.Probability(x) * s.Asked.Probability(x)
}

// Confidence is the probability that the stories answer.
func (s *Support) Confidence(x *Signals) float64 { return s.HasAsked(x) * s.Answer.Probability(x) }

// Probability applies the weights of a logistic model to the signals of a question.
func (w *Signals) Probability(s *Signals) float64 {
	z := 0.0
	for i, v := range s {
		z += float64(w[i]) * float64(v)
	}
	return 1 / (1 + math.Exp(-z))
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
	x[SignalPassageSquared], x[SignalBestSquared] = x[SignalPassage]*x[SignalPassage], x[SignalBest]*x[SignalBest]
	x[SignalCount] = float32(bits.OnesCount32(held)) / float32(len(q.Terms))
	x[SignalPairs], x[SignalContiguous], x[SignalDensity] = f[Pairs], f[Contiguous], f[Density]
	x[SignalFits], x[SignalMisfits] = one(f[Fits] > 0), one(f[Fits] == 0)
	x[SignalNear], x[SignalFittingDense] = f[FittingNear], f[FittingDense]
	x[SignalScore] = c.score
	x[SignalMargin] = s.margin(order)
	x[SignalShort] = 1 / float32(len(q.Terms))
	s.focusSignals(&x, c, held)
	s.misfitSignals(&x, c)
	missing := len(q.Terms) - bits.OnesCount32(c.held)
	x[SignalNameSwapped] = one(s.lacks(c, func(t *Term) bool { return t.Name }) && f[NewNames] > 0)
	x[SignalNumberSwapped] = one(s.lacks(c, func(t *Term) bool { return t.Number }) && f[NewNumbers] > 0)
	x[SignalMissingCount] = float32(min(8, missing))
	x[SignalElsewhere] = float32(bits.OnesCount32(held&^c.held)) / float32(len(q.Terms))
	x[int(SignalKind)+int(q.Kind)] = 1
	x[SignalNegated] = one(q.negated && !s.negates(c.sentence))
	x[SignalOpposed] = one(c.opposed&^c.held != 0)
	copy(x[ownSignals:], f[:])
	x[SignalAlone] = one(s.namesAlone())
	return x
}

// lacks reports whether a sentence lacks a term of a kind.
func (s *scorer) lacks(c *candidate, kind func(*Term) bool) bool {
	for i := range s.q.Terms {
		if c.held&(1<<i) == 0 && kind(&s.q.Terms[i]) {
			return true
		}
	}
	return false
}

// negates reports whether a sentence says "not" or the like.
func (s *scorer) negates(sentence int) bool {
	from, to := s.wordsOf(sentence)
	for _, id := range s.words[from:to] {
		if negations[s.vocabulary.text(id)] {
			return true
		}
	}
	return false
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
	case len(order) == 0 || s.q.unmatched != "":
		a.Outcome = corpus.Silence
	case topic < m.Support.SilenceBelow:
		a.Outcome = corpus.Silence
	case m.Support.HasAsked(&x) < m.Support.AnswerFrom:
		a.Outcome = corpus.Closest
	default:
		a.Outcome = corpus.Answered
	}
	s.explainOutcome(a, order)
}
