package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"verbatim/english"
)

const (
	mostRelations = 24  // of a stem; the lighter ones beyond are left out
	mostPhrases   = 8   // of a stem
	senses        = 8   // of a lemma, of each part of speech, that count for synonyms and derivations
	kindSenses    = 2   // … for wider and narrower words
	phraseSenses  = 2   // … for phrases
	lastSense     = 10  // a synonym that seldom means this is none: the sense must be among its first 10
	functional    = 3.5 // nats: stems more frequent than this ("get", "have") say too little to be related to any
	generic       = 4.6 // nats: two words both more frequent than this are no kinds of each other that help
	broad         = 200 // kinds: a meaning with more of them ("person", "act") is too wide to stand for any
)

// weights of the pointers that lead to words that may stand for each other, in hundredths. The rest of WordNet's pointers
// (antonyms, parts, domains) lead elsewhere.
var weights = map[string]int{
	"+": 80, `\`: 80, // derivationally related, pertains to
	"@": 50, "~": 50, "&": 50, "$": 50, "*": 50, // wider, narrower, similar, verb group, entails
}

// relation leads to a stem that may stand for another.
type relation struct {
	to     string
	weight int // hundredths
	sense  int // places of the sense in both words' lists, added
	rarity float64
}

// better orders relations: the heavier, of earlier senses, to the more frequent word, then by the alphabet.
func better(a, b relation) int {
	return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.sense, b.sense), cmp.Compare(a.rarity, b.rarity),
		cmp.Compare(a.to, b.to))
}

// relater collects the relations of stems.
type relater struct {
	wn        *wordNet
	rare      map[string]float64
	stem      func(string) string
	stemRare  map[string]float64 // stem → rarity of its most frequent form; none for stems too rare to matter
	relations map[string]map[string]relation
	phrases   map[string][]string        // stem → phrases, each its stems with spaces between
	opposites map[string]map[string]bool // stem → stems of the opposite meaning
}

// relationSections: the stems, for each where its relations begin and its phrases, then these two.
func relationSections(wn *wordNet, rare map[string]float64, stem stemmer, ir irregular) [][]byte {
	r := &relater{wn, rare, stem.stem, stem.rarities(rare), map[string]map[string]relation{}, map[string][]string{}, map[string]map[string]bool{}}
	for _, lemma := range slices.Sorted(maps.Keys(wn.senses)) {
		if isWord(lemma) {
			r.addLemma(lemma)
		}
	}
	for _, form := range slices.Sorted(maps.Keys(ir.ambiguous)) {
		for _, lemma := range ir.ambiguous[form] {
			if english.Stem(form) == r.stem(lemma) {
				continue // always read as the lemma's
			}
			r.relate(form, lemma, 90, 0)
			r.relate(lemma, form, 90, 0)
		}
	}
	r.addRecent()
	r.addIdioms()
	return r.sections()
}

// addLemma adds what WordNet relates to one word.
func (r *relater) addLemma(lemma string) {
	for _, p := range partsOfSpeech {
		for i, id := range r.wn.senses[lemma][p.pos] {
			if i >= senses {
				break
			}
			s := r.wn.synsets[id]
			for _, word := range s.words {
				r.addWord(lemma, word, id, 80, i)
			}
			for _, p := range s.pointers {
				r.addPointer(lemma, s, p, i)
			}
		}
	}
}

func (r *relater) addPointer(lemma string, s *synset, p pointer, sense int) {
	if p.symbol == "!" && p.from > 0 && strings.ToLower(s.words[p.from-1]) == lemma && sense < senses {
		r.addOpposite(lemma, strings.ToLower(r.wn.synsets[p.to].words[p.at-1]))
		return
	}
	weight, ok := weights[p.symbol]
	if !ok || p.from > 0 && strings.ToLower(s.words[p.from-1]) != lemma {
		return
	}
	to := r.wn.synsets[p.to]
	if p.at > 0 {
		r.addWord(lemma, to.words[p.at-1], p.to, weight, sense)
		return
	}
	if sense >= kindSenses || r.wn.kinds(s.id) > broad || r.wn.kinds(p.to) > broad {
		return
	}
	for _, word := range to.words {
		if r.rarity(lemma) >= generic || r.rarity(word) >= generic {
			r.addWord(lemma, word, p.to, weight, sense)
		}
	}
}

// addWord relates a lemma to a word or a phrase of a synset.
func (r *relater) addWord(lemma, word, synset string, weight, sense int) {
	word = strings.ToLower(word)
	back := slices.Index(r.wn.senses[word][synset[0]], synset)
	if strings.ContainsAny(word, "_-") {
		switch {
		case synset[0] == 'v':
			if back >= 0 && back < senses {
				r.relatePhrase(word, lemma, weight, sense+back)
			}
		case weight == 80 && sense < phraseSenses && slices.Contains(r.wn.senses[lemma][synset[0]], synset):
			r.addPhrase(lemma, word)
		}
		return
	}
	if !isWord(word) || back >= lastSense || back < 0 && weight < 80 {
		return
	}
	r.relate(lemma, word, weight, sense+max(back, 0))
}

func (r *relater) relate(from, to string, weight, sense int) {
	a, b := r.stem(from), r.stem(to)
	if a == b || r.stemRare[a] < functional || r.stemRare[b] < functional {
		return
	}
	if r.relations[a] == nil {
		r.relations[a] = map[string]relation{}
	}
	new := relation{b, weight, sense, r.rarity(to)}
	if old, ok := r.relations[a][b]; !ok || better(new, old) < 0 {
		r.relations[a][b] = new
	}
}

// addOpposite notes an antonym.
func (r *relater) addOpposite(lemma, word string) {
	a, b := r.stem(lemma), r.stem(word)
	if !isWord(word) || a == b || !r.areKnown([]string{a, b}) {
		return
	}
	if r.opposites[a] == nil {
		r.opposites[a] = map[string]bool{}
	}
	r.opposites[a][b] = true
}

func (r *relater) addPhrase(lemma, phrase string) {
	var stems []string
	for _, word := range strings.FieldsFunc(phrase, func(c rune) bool { return c == '_' || c == '-' }) {
		word = strings.NewReplacer(".", "", "'s", "", "'", "").Replace(word)
		stems = append(stems, r.stem(word))
	}
	stem := r.stem(lemma)
	joined := strings.Join(stems, " ")
	if r.areKnown(append(stems, stem)) && !slices.Contains(stems, stem) && !slices.Contains(r.phrases[stem], joined) {
		r.phrases[stem] = append(r.phrases[stem], joined)
	}
}

func (r *relater) areKnown(stems []string) bool {
	return !slices.ContainsFunc(stems, func(s string) bool {
		_, ok := r.stemRare[s]
		return !ok
	})
}

// rarity gives the rarity of a form.
func (r *relater) rarity(word string) float64 {
	if n, ok := r.rare[word]; ok {
		return n
	}
	return maxRarity
}

func (r *relater) sections() [][]byte {
	best, all := map[string][]relation{}, map[string]bool{}
	for stem, relations := range r.relations {
		sorted := slices.SortedFunc(maps.Values(relations), better)
		best[stem] = sorted[:min(mostRelations, len(sorted))]
		all[stem] = true
		for _, to := range best[stem] {
			all[to.to] = true
		}
	}
	for stem, phrases := range r.phrases {
		r.phrases[stem] = phrases[:min(mostPhrases, len(phrases))]
		for _, word := range strings.Fields(stem + " " + strings.Join(r.phrases[stem], " ")) {
			all[word] = true
		}
	}
	for stem, opposites := range r.opposites {
		all[stem] = true
		for to := range opposites {
			all[to] = true
		}
	}
	stems := slices.Sorted(maps.Keys(all))
	number := map[string]int{}
	for i, stem := range stems {
		number[stem] = i
	}
	var relationAt, relations, phraseAt, phrases, oppositeAt, opposites []byte
	for _, stem := range stems {
		relationAt = uint24(relationAt, len(relations))
		for _, to := range best[stem] {
			relations = append(uint16(relations, number[to.to]), byte(to.weight))
		}
		phraseAt = uint24(phraseAt, len(phrases))
		for _, phrase := range r.phrases[stem] {
			words := strings.Fields(phrase)
			phrases = append(phrases, byte(len(words)))
			for _, word := range words {
				phrases = uint16(phrases, number[word])
			}
		}
	}
	for _, stem := range stems {
		oppositeAt = uint24(oppositeAt, len(opposites))
		for _, to := range slices.Sorted(maps.Keys(r.opposites[stem])) {
			opposites = uint16(opposites, number[to])
		}
	}
	text, at := keys(stems)
	return [][]byte{text, at, uint24(relationAt, len(relations)), relations, uint24(phraseAt, len(phrases)), phrases,
		uint24(oppositeAt, len(opposites)), opposites}
}
