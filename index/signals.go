package index

import "math/bits"

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
	held := v.all()
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
			related := substitute(v.related[i])
			x[SignalMeaning] += part * related
			x[SignalMissing] = max(x[SignalMissing], rare*(1-related))
			if entity {
				x[SignalMissingName] = max(x[SignalMissingName], rare*(1-related))
			}
		}
		if k.known {
			x[SignalKnown] += part
		} else {
			related := substitute(k.nearest())
			x[SignalKnown] += part * related
			x[SignalUnknown] = max(x[SignalUnknown], rare*(1-related))
			if entity {
				x[SignalUnknownName] = max(x[SignalUnknownName], rare*(1-related))
			}
		}
	}
	x[SignalMissingSquared] = x[SignalMissing] * x[SignalMissing]
	for i := range s.scratch.passages {
		p := &s.scratch.passages[i]
		x[SignalBest] = max(x[SignalBest], s.rarityOf(p.all())/whole)
	}
	x[SignalPassageSquared], x[SignalBestSquared] = x[SignalPassage]*x[SignalPassage], x[SignalBest]*x[SignalBest]
	x[SignalCount] = float32(bits.OnesCount32(held)) / float32(len(q.Terms))
	x[SignalPairs], x[SignalContiguous], x[SignalDensity] = f[Pairs], f[Contiguous], f[Density]
	x[SignalFits], x[SignalMisfits] = one(f[Fits] > 0), one(f[Fits] == 0)
	x[SignalNear], x[SignalFittingDense] = f[FittingNear], f[FittingDense]
	x[SignalScore] = c.score
	x[SignalMargin] = s.margin(order)
	x[SignalLength] = log1p(int(s.texts.sentences[c.sentence].length))
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
	copy(x[SignalSentence:], f[:])
	x[SignalAlone] = one(s.namesAlone())
	s.homeSignals(&x, c, v, held)
	return x
}

// loose is how near in meaning words come that only belong together, as a kind and its kinds do.
const loose = .5

// substitute is how far a word counts for one that is missing, by how near it comes in meaning: less than
// for ranking, since a story with "pay" in it need not tell a salary.
func substitute(related float32) float32 { return related * related }

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

func (s *scorer) rarityOf(held uint32) (sum float32) {
	for ; held != 0; held &= held - 1 {
		sum += s.q.Terms[bits.TrailingZeros32(held)].Rarity
	}
	return sum
}

// margin is the lead over the best sentence of another passage.
func (s *scorer) margin(order []int) float32 {
	for _, i := range order[1:] {
		if s.candidates[i].passage != s.candidates[order[0]].passage {
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
		case held&(1<<i) != 0 || s.scratch.passages[c.view].related[i] > loose:
			x[SignalFocus] = 1
		case c.features[FocusKind] > 0:
			x[SignalFocusKind] = 1
		default:
			x[SignalFocusMissing] = 1
			x[SignalFocusAbsent] = one(!t.known && t.nearest() <= loose)
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
