package english

import (
	"iter"
	"strings"
)

const (
	// MaxRarity is the rarity of a word that the table does not know. The table ends there, because the counts do: a word
	// e¹² ≈ 160 000 times rarer than "the" occurs once in 3 million words, and was counted no more than 19 times in 29
	// million words of subtitles.
	MaxRarity = 12.0

	// numberRarity is the rarity of a number that stands alone. Any one number is rare, but a number is easily met by
	// chance, and years the most: it tells about as much as an uncommon word.
	numberRarity = 6.0

	// inflectionRarity is added to a word's rarity for an inflected form that was not counted: such forms are about half
	// as frequent as their word, ln 2.
	inflectionRarity = 0.7
)

// Rarity gives how much a folded lower-case form (not a stem) tells: its inverse frequency in the English of encyclopedias
// and films, in nats, as -ln(f/f("the")). It lies between 0 for "the" and [MaxRarity]: up to 2 or 3 for function words,
// around 5 for common words, 10 for "tungsten". Regular inflections of a known word are estimated from it.
func Rarity(form string) float64 {
	if strings.ContainsAny(form, "0123456789") {
		return numberRarity
	}
	if r, ok := counted(form); ok {
		return r
	}
	for base := range bases(form, len(endings)) {
		if r, ok := counted(base); ok {
			return min(r+inflectionRarity, MaxRarity)
		}
	}
	return MaxRarity
}

// Words gives the folded forms that were counted, in alphabetical order, with their rarity.
func Words() iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		all, rarities := listAt(words), section(wordRarities)
		for i := range rarities {
			if !yield(all.at(i), float64(rarities[i])/20) {
				return
			}
		}
	}
}

// counted gives the rarity of a form of the table.
func counted(form string) (nats float64, ok bool) {
	i, ok := listAt(words).find(form)
	if !ok {
		return 0, false
	}
	return float64(section(wordRarities)[i]) / 20, true
}
