package index

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
	SignalLikely        // how much likelier its story makes the terms than English does, see homeSignals
	SignalLikelyRarity  // the same, terms counting by rarity
	SignalRecurring     // a held term's rarity by the logarithm of how many passages have it, the largest
	SignalTitle         // rarity share that the title holds
	SignalHeld          // rarity of all terms that the passage holds, by the largest rarity there is
	SignalNames         // share of the names and numbers that it holds; -1 where there are none
	SignalInexact       // rarity share of the terms that the sentence holds in another form
	SignalCorrected     // rarity share of the terms that were taken for typing errors
	SignalLength        // logarithm of how many of its words carry meaning
	SignalKind          // the kind of the question: the first of one signal each
)

// SignalSentence is the first of the features of the best candidate, which come after the kinds.
const SignalSentence = SignalKind + Signal(numKinds)

const numSignals = int(SignalSentence) + numFeatures

var signalNames = func() (names [numSignals]string) {
	copy(names[:], []string{"bias", "coverage", "passage", "meaning", "best", "known", "unknown", "unknown.name",
		"missing", "missing.name", "count", "pairs", "contiguous", "density", "fits", "misfits", "near", "fitting.dense",
		"score", "margin", "short", "focus", "focus.kind", "focus.missing", "focus.absent", "relation.absent", "alone", "missing.squared", "passage.squared", "best.squared",
		"no.person", "no.time", "no.amount", "no.unit", "no.place", "negated", "opposed", "no.reason", "name.swapped", "number.swapped",
		"missing.count", "elsewhere",
		"likely", "likely.rarity", "recurring", "title", "held", "names", "inexact", "corrected", "length"})
	for i, k := range kindNames {
		names[int(SignalKind)+i] = "kind." + k
	}
	for i, f := range featureNames {
		names[int(SignalSentence)+i] = "sentence." + f
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
