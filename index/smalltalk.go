package index

// secondPerson is who speaks to the program instead of asking the stories.
var secondPerson = set(`you your yours yourself u ur ya`)

// ofSubstance is the rarity from which a word can be what a question is about: "name" and "made"
// cannot, "storm" can.
const ofSubstance = 6

// smallTalk reports whether a question is put to the program itself: "what's your name?", "who
// made you?". "Can you tell me of the storm?" is not.
func (s *scorer) smallTalk() bool {
	if !s.q.addressed {
		return false
	}
	for i := range s.q.Terms {
		if t := &s.q.Terms[i]; t.known && (t.Name || t.Number || t.Rarity >= ofSubstance) {
			return false
		}
	}
	return true
}
