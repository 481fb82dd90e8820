package index

import "math"

const (
	// ofThe is the share of "the" among the words of English, which rarities are relative to.
	ofThe = .06
	// unread is how many words are added to a story's length, so that one use in a few lines
	// does not make a word its subject.
	unread = 20
)

// homeSignals ask whether the question is at home in the story of the best candidate, or only
// shares words with it. A word that it is about stands there again and again: "Huguenot" once in
// a history of steam engines says little. What the story makes of a term is its likelihood there
// against that in English (Ponte and Croft 1998), half and half, in nats; the story is read in
// the passages that were fetched.
func (s *scorer) homeSignals(x *Signals, c *candidate, v *passageView, held uint32) {
	uses, passages, length := s.usesIn(s.texts.passages[c.passage].story)
	whole := s.q.rarity + 1e-9
	var names, namesHeld float32
	for i := range s.q.Terms {
		t, bit := &s.q.Terms[i], uint32(1)<<i
		part, rare := t.Rarity/whole, t.Rarity/maxRarity
		inPassage, inTitle, inSentence := held&bit != 0, v.title&bit != 0, c.held&bit != 0
		if inPassage {
			x[SignalHeld] += rare
			x[SignalRecurring] = max(x[SignalRecurring], rare*log1p(passages[i]))
		}
		x[SignalTitle] += part * one(inTitle)
		x[SignalInexact] += part * one(inSentence && c.exact&bit == 0 && !t.spelledOut)
		x[SignalCorrected] += part * one(t.corrected)
		if t.Name || t.Number {
			names++
			namesHeld += one(inPassage)
		}
		likelier := likelier(uses[i]+count(inTitle), length, t.Rarity)
		x[SignalLikely] += likelier / float32(len(s.q.Terms))
		x[SignalLikelyRarity] += likelier * part
	}
	x[SignalNames] = share(namesHeld, names)
}

// usesIn counts each term, and the passages that have it, in the fetched passages of a story.
func (s *scorer) usesIn(story uint32) (uses, passages [maxTerms]int, length int) {
	for i := range s.scratch.passages {
		p := &s.scratch.passages[i]
		if s.texts.passages[p.last].story != story {
			continue
		}
		length += int(p.length)
		line := s.isLine(p.last)
		for t := range s.q.Terms {
			uses[t] += int(p.counts[t])
			if line {
				passages[t] += int(p.holders[t])
			} else {
				passages[t] += count(p.counts[t] > 0)
			}
		}
	}
	return uses, passages, length
}

// likelier is how much likelier a word is in a text that uses it so often than in English.
func likelier(uses, length int, rarity float32) float32 {
	english := ofThe * math.Exp(-float64(rarity))
	return float32(math.Log(.5 + .5*float64(uses)/float64(length+unread)/english))
}
