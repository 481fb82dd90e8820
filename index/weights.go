package index

// Feature is what a candidate sentence is judged by. None knows where in its story a sentence
// stands, nor which story it is.
type Feature int

// The features. "Idf" is the inverse document frequency in the stories asked, "rarity" that in
// English at large; a share is of the sum over the question's terms, from 0 to 1.
const (
	BM25             Feature = iota // Okapi BM25 of the sentence, k1 1.2, b .75
	BM25Short                       // the same for k1 .5, b .4, which suits short texts better
	BM25Rarity                      // BM25 with rarity in the place of idf
	BM25Exact                       // BM25 over the words as they are spelt
	BM25Relative                    // BM25 by that of the best candidate
	PassageBM25                     // BM25 of the passage
	PassageRarity                   // the same with rarity in the place of idf
	PassageRarest                   // the passage or what stands above it holds the rarest term
	PassageExact                    // rarity share of the terms that they hold as they are spelt
	PassageMeaning                  // rarity share that they hold, related and look-alike words counting in part, by that of the best passage
	PassageLength                   // logarithm of the number of words that carry meaning; 0 for single lines
	Blend                           // sentence, passage and neighbours, as candidates are pruned by
	Coverage                        // idf share of the terms that the sentence holds
	CoverageSquared                 // which favours sentences that hold nearly all
	CoverageRarity                  // the same by rarity
	CoverageCount                   // the same, each term counting alike
	CoveragePassage                 // by the passage and the title
	CoverageBefore                  // by the sentence before
	CoverageTitle                   // by the sentence and the title
	CoverageExact                   // rarity share that the sentence, as they are spelt, and the title hold
	CoverageUntitled                // by the sentence, of the terms that do not stand above it
	CoverageOpening                 // by the first sentence of the passage; 0 among single lines
	CoverageRest                    // by the sentence, the noun that is asked for ("what city") not counting
	CoverageLocal                   // share of the passage's terms, those weighing more that few of its sentences hold
	CoverageReferent                // by the sentence and the name that a word in it stands for
	CoverageMeaning                 // by the sentence, related words counting in part
	GainTitle                       // idf share that the title adds
	GainHeading                     // that the heading above adds
	GainMeaning                     // that related words add
	GainLetters                     // that look-alike words add
	GainBefore                      // that the sentence before adds
	GainEarlier                     // that the sentences before add, a quarter less for each one farther away
	GainOpening                     // that the first sentence of the passage adds
	GainReferent                    // that the name adds which a word in the sentence stands for
	GainPronoun                     // that the sentence before adds where a pronoun refers to it
	Pairs                           // share of the question's neighbouring terms that stand near each other, in order
	Contiguous                      // longest run of the question's words, by its length
	Order                           // longest common subsequence with the question, by its length
	Density                         // largest idf share within 13 words
	NamesCovered                    // idf share of the question's names; -1 where it has none
	NumbersCovered                  // of its numbers; -1 where it has none
	NameMissing                     // idf of the rarest name or number that it lacks
	NameUnknown                     // rarity of the rarest one that the stories lack altogether
	Phrases                         // share of the phrases in quotation marks that it holds; 0 where there are none
	FirstTerm                       // holds the question's first term
	LastTerm                        // holds the last
	RarestTerm                      // holds the rarest
	SecondRarest                    // holds the second rarest
	Focus                           // holds the noun after "what" or "how many"
	FocusModified                   // holds it beside a word that the question lacks: "treaty" as in "Treaty of Lisbon"
	FocusKind                       // holds a word for a kind of what that noun names
	Fits                            // holds something of the wanted kind; -1 where none is known
	FitsCovered                     // the same, times Coverage
	Fitting                         // how many such words, up to 5
	FittingNear                     // 1 by the distance in words from one to a term
	FittingDense                    // idf share within 8 words of one
	FittingUnit                     // a number stands with the unit that is asked for
	FittingSure                     // one is of the wanted kind by all that is known: a person's name, a year, a place
	NewNames                        // capitalised words that the question lacks, up to 6
	NewNumbers                      // numbers that it lacks, up to 6
	NewDates                        // dates that it lacks, up to 3
	Defines                         // a term is followed by an apposition, or by "is a"
	Refers                          // has a pronoun
	RankSentence                    // logarithm of the rank by BM25
	RankPassage                     // logarithm of the passage's rank by PassageBM25
	CoverageRelative                // Coverage by that of the best candidate
	ContextRelative                 // idf share that the sentence, the one before and the title hold, by that of the best candidate
	DensityRelative                 // Density by that of the best candidate
	PassagePairs                    // the most Pairs of a candidate in the passage
	numFeatures      int     = iota
)

var featureNames = [numFeatures]string{
	"bm25", "bm25.short", "bm25.rarity", "bm25.exact", "bm25.relative", "passage.bm25",
	"passage.rarity", "passage.rarest", "passage.exact", "passage.meaning", "passage.length", "blend",
	"coverage", "coverage.squared", "coverage.rarity", "coverage.count", "coverage.passage", "coverage.before",
	"coverage.title", "coverage.exact", "coverage.untitled", "coverage.opening", "coverage.rest", "coverage.local", "coverage.referent", "coverage.meaning", "gain.title",
	"gain.heading", "gain.meaning", "gain.letters", "gain.before", "gain.earlier", "gain.opening", "gain.referent", "gain.pronoun", "pairs", "contiguous", "order", "density",
	"names.covered", "numbers.covered", "name.missing", "name.unknown", "phrases", "first.term", "last.term",
	"rarest.term", "second.rarest", "focus", "focus.modified", "focus.kind", "fits", "fits.covered", "fitting", "fitting.near",
	"fitting.dense", "fitting.unit", "fitting.sure", "new.names", "new.numbers", "new.dates", "defines", "refers", "rank.sentence",
	"rank.passage", "coverage.relative", "context.relative", "density.relative", "passage.pairs",
}

// String is the name of the feature in weights.json and in explanations.
func (f Feature) String() string { return featureNames[f] }

var kindNames = [...]string{"open", "person", "time", "amount", "place", "reason", "manner", "thing", "definition", "polar"}

const numKinds = len(kindNames)

// String is the name of the kind in weights.json.
func (k Kind) String() string { return kindNames[k] }

// Features are the values of a candidate.
type Features [numFeatures]float32
