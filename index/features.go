package index

import "math"

// measure computes the features of the candidates considered.
func (s *scorer) measure(order []int) {
	for _, i := range order {
		c := &s.candidates[i]
		c.features = Features{}
		s.termFeatures(i)
		s.passageFeatures(i)
		s.placeFeatures(c)
	}
	s.compareFeatures(order)
}

// compareFeatures are those that set a candidate against the others.
func (s *scorer) compareFeatures(order []int) {
	var best struct{ bm25, meaning, coverage, context, density float32 }
	for i := range s.candidates {
		best.bm25 = max(best.bm25, s.candidates[i].bm25)
	}
	for i := range s.scratch.passages {
		best.meaning = max(best.meaning, s.scratch.passages[i].meaning)
	}
	for _, i := range order {
		c := &s.candidates[i]
		f, v := &c.features, &s.scratch.passages[c.view]
		best.coverage, best.context, best.density = max(best.coverage, f[Coverage]), max(best.context, f[ContextRelative]), max(best.density, f[Density])
		v.pairs = max(v.pairs, f[Pairs])
	}
	for _, i := range order {
		c := &s.candidates[i]
		f, v := &c.features, &s.scratch.passages[c.view]
		f[BM25Relative], f[PassageMeaning] = ratio(c.bm25, best.bm25), ratio(v.meaning, best.meaning)
		f[CoverageRelative], f[ContextRelative], f[DensityRelative] = ratio(f[Coverage], best.coverage), ratio(f[ContextRelative], best.context), ratio(f[Density], best.density)
		f[RankSentence], f[RankPassage] = log1p(c.rank), log1p(v.rank)
		f[PassagePairs] = v.pairs
	}
}

// ratio is 0 of nothing.
func ratio(x, whole float32) float32 { return x / (whole + 1e-9) }

// termFeatures are those that ask which terms the sentence and its surroundings hold.
func (s *scorer) termFeatures(i int) {
	c, q := &s.candidates[i], s.q
	f, v := &c.features, &s.scratch.passages[c.view]
	length := float32(s.texts.sentences[c.sentence].length)
	before := uint32(0)
	if n := s.neighbour(i, -1); n != nil {
		before = n.held
	}
	refers, above := s.texts.sentences[c.sentence].refers, v.title|v.heading
	var sums struct{ names, namesHeld, numbers, numbersHeld float32 }
	for t := range q.Terms {
		k := &q.Terms[t]
		bit, w := uint32(1)<<t, k.idf
		held := c.held&bit != 0
		if held {
			f[Coverage] += w
			f[CoverageRarity] += k.Rarity
			f[CoverageCount]++
			f[BM25Rarity] += bm25(float32(c.counts[t]), length, s.sentenceLength, 1.2, .75, k.Rarity)
		} else {
			f[GainMeaning] += w * c.related[t]
			f[GainLetters] += w * c.similar[t]
			if c.carried&bit != 0 {
				f[GainReferent] += w
			}
			if before&bit != 0 {
				f[GainBefore] += w
			}
			if refers && before&bit != 0 {
				f[GainPronoun] += w
			}
			if v.title&bit != 0 {
				f[GainTitle] += w
			}
			if v.heading&bit != 0 {
				f[GainHeading] += w
			}
		}
		if c.exact&bit != 0 {
			f[BM25Exact] += bm25(1, length, s.sentenceLength, 1.2, .75, idf(s.sentenceCount(), int(s.vocabulary.forms[k.form].uses.sentences)))
		}
		if before&bit != 0 {
			f[CoverageBefore] += w
		}
		if (c.held|before|v.title)&bit != 0 {
			f[ContextRelative] += w
		}
		if (v.held|v.title)&bit != 0 {
			f[CoveragePassage] += w
		}
		if (c.exact|above)&bit != 0 {
			f[CoverageExact] += k.Rarity
		}
		if (v.exact|above)&bit != 0 {
			f[PassageExact] += k.Rarity
		}
		switch {
		case k.Number:
			sums.numbers += w
			if held {
				sums.numbersHeld += w
			}
		case k.Name:
			sums.names += w
			if held {
				sums.namesHeld += w
			}
		default:
			continue
		}
		if !held {
			f[NameMissing] = max(f[NameMissing], w)
		}
		if !k.known {
			f[NameUnknown] = max(f[NameUnknown], k.Rarity)
		}
	}
	whole := q.idf + 1e-9
	for _, x := range []Feature{Coverage, CoverageBefore, CoveragePassage, GainMeaning, GainLetters, GainReferent, GainBefore, GainPronoun, GainTitle, GainHeading} {
		f[x] /= whole
	}
	for _, x := range []Feature{CoverageRarity, CoverageExact, PassageExact} {
		f[x] /= q.rarity + 1e-9
	}
	f[CoverageCount] /= float32(max(1, len(q.Terms)))
	f[CoverageSquared] = f[Coverage] * f[Coverage]
	f[CoverageReferent] = f[Coverage] + f[GainReferent]
	f[CoverageTitle] = f[Coverage] + f[GainTitle]
	f[CoverageMeaning] = min(1, f[Coverage]+f[GainMeaning])
	f[NamesCovered], f[NumbersCovered] = share(sums.namesHeld, sums.names), share(sums.numbersHeld, sums.numbers)
	f[BM25], f[BM25Short], f[PassageBM25], f[PassageRarity], f[Blend] = c.bm25, c.short, v.bm25, v.rarity, c.blend
	f[Refers] = one(refers)
	s.rareFeatures(c, v)
}

// passageFeatures are those that ask what the rest of the passage holds: its first sentence tends to name what the others
// speak of, and a term that all its sentences hold does not tell them apart.
func (s *scorer) passageFeatures(i int) {
	c := &s.candidates[i]
	f, v := &c.features, &s.scratch.passages[c.view]
	whole, above := s.q.idf+1e-9, v.title|v.heading
	if !s.isRun(v) {
		f[PassageLength] = log1p(int(v.length))
		f[CoverageOpening] = s.idfOf(s.candidates[v.first].held) / whole
	}
	f[GainOpening] = s.idfOf(s.candidates[v.first].held&^c.held) / whole
	seen, share := c.held, float32(1)
	for j := i - 1; j >= v.first; j-- {
		held := s.candidates[j].held
		f[GainEarlier] += share * s.idfOf(held&^seen) / whole
		seen |= held
		share *= .75
	}
	var held, all float32
	for t := range s.q.Terms {
		if n := int(v.holders[t]); n > 0 {
			w := s.q.Terms[t].idf * idf(v.sentences, n)
			all += w
			if c.held&(1<<t) != 0 {
				held += w
			}
		}
	}
	f[CoverageLocal] = ratio(held, all)
	f[CoverageUntitled] = ratio(s.idfOf(c.held&^above), s.idfOf(^above))
	f[CoverageRest] = ratio(s.idfOf(c.held&^s.q.focusBits), s.idfOf(^s.q.focusBits))
}

// idfOf is the sum over the terms whose bits are set.
func (s *scorer) idfOf(bits uint32) (sum float32) {
	for t := range s.q.Terms {
		if bits&(1<<t) != 0 {
			sum += s.q.Terms[t].idf
		}
	}
	return sum
}

// share is -1 where there is nothing to share.
func share(part, whole float32) float32 {
	if whole == 0 {
		return -1
	}
	return part / whole
}

// rareFeatures look at single terms: the first, the last, and the two rarest.
func (s *scorer) rareFeatures(c *candidate, v *passageView) {
	f := &c.features
	holds := func(held uint32, i int) float32 { return one(i >= 0 && held&(1<<i) != 0) }
	f[FirstTerm], f[LastTerm] = holds(c.held, 0), holds(c.held, len(s.q.Terms)-1)
	f[RarestTerm], f[SecondRarest] = holds(c.held, s.q.rarest), holds(c.held, s.q.secondRarest)
	f[PassageRarest] = holds(v.all(), s.q.rarest)
}

func one(b bool) float32 { return float32(count(b)) }

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func abs(i int) int { return max(i, -i) }

func log1p(n int) float32 { return float32(math.Log1p(float64(n))) }
