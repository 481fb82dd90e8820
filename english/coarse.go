package english

// Coarse is one of the 25 kinds that WordNet sorts its nouns into.
type Coarse uint8

// The kinds, in the order of WordNet's lexicographer files 04 to 28. None is for what is no noun, and for the few nouns
// above the kinds, such as "entity".
const (
	None          Coarse = iota
	Act                  // an acquisition, a theft
	Animal               // a horse
	Artifact             // a car, a building, a drug
	Attribute            // strength, age
	Body                 // a hand
	Cognition            // an idea, a method
	Communication        // a letter, a statement, a language
	Event                // a storm, a victory
	Feeling              // fear
	Food                 // bread
	Group                // a company, a team; a country, as the state
	Place                // a city, a region; for countries, the land
	Motive               // a reason, a need
	Object               // a river, a mountain, a star
	Person               // a founder, Einstein
	Phenomenon           // rain, electricity
	Plant                // an oak
	Possession           // money, a salary, a debt
	Process              // growth
	Quantity             // a mile, a dollar, a dozen
	Relation             // a ratio, a half
	Shape                // a circle
	State                // peace, an illness
	Substance            // iron, water
	Time                 // a year, a Monday, the Renaissance
)

// CoarseOf gives the kind of a sense, one of [Senses]. 0, which is no sense, is of no kind.
func CoarseOf(sense uint32) Coarse {
	table := section(synsets)
	if uint64(sense) >= uint64(len(table)/3) {
		return None
	}
	return Coarse(table[3*sense+2])
}
