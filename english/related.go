package english

import "iter"

// Related gives the stems of other words that can stand for a stem, the heaviest first and always in the same order, at
// most 24. The weight says how well: .95 between a verb and everyday ones of several words that hardly mean anything else,
// .9 for the other reading of an ambiguous form ("found", "find"), .8 for synonyms and words of the same family ("hire",
// "employ"; "competitor", "competition"), .5 for wider and narrower ones ("car", "vehicle").
func Related(stem string) iter.Seq2[string, float32] {
	return func(yield func(string, float32) bool) {
		all := listAt(stems)
		i, ok := all.find(stem)
		if !ok {
			return
		}
		starts, table := section(stemRelations), section(relations)
		for at, end := uint24At(starts, 3*i), uint24At(starts, 3*i+3); at < end; at += 3 {
			if !yield(all.at(uint16At(table, at)), float32(table[at+2])/100) {
				return
			}
		}
	}
}

// Phrases gives the phrases that mean the same as a stem, each as the stems of its words in order, at most 8: "ceo" gives
// chief, execut, offic.
func Phrases(stem string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		all := listAt(stems)
		i, ok := all.find(stem)
		if !ok {
			return
		}
		starts, table := section(stemPhrases), section(phrases)
		for at, end := uint24At(starts, 3*i), uint24At(starts, 3*i+3); at < end; {
			phrase := make([]string, table[at])
			at++
			for k := range phrase {
				phrase[k] = all.at(uint16At(table, at))
				at += 2
			}
			if !yield(phrase) {
				return
			}
		}
	}
}

// Opposites gives the stems of the antonyms of a stem ("increas" of "decreas"), in alphabetical order.
func Opposites(stem string) iter.Seq[string] {
	return func(yield func(string) bool) {
		all := listAt(stems)
		i, ok := all.find(stem)
		if !ok {
			return
		}
		starts, table := section(stemOpposites), section(opposites)
		for at, end := uint24At(starts, 3*i), uint24At(starts, 3*i+3); at < end; at += 2 {
			if !yield(all.at(uint16At(table, at))) {
				return
			}
		}
	}
}
