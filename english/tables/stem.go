package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/english"
)

// apart holds the stems of words that Snowball would throw together with quite different ones ("experiment" with
// "experience", "university" with "universe"). Each line is a stem of our own, and the forms that get it.
var apart = []string{
	"add: adds added adding",
	"animal: animal animals",
	"authority: authority authorities authoritative",
	"business: business businesses",
	"designate: designate designates designated designating designation designations",
	"engine: engine engines",
	"evening: evening evenings",
	"experiment: experiment experiments experimental experimentally experimented experimenting experimentation experimenter",
	"gas: gases",
	"important: important importance importantly unimportant",
	"internal: internal internally",
	"international: international internationally internationals",
	"news: news",
	"paste: paste pastes pasted pasting",
	"personal: personal personally",
	"polite: polite politely politeness",
	"positive: positive positively positives",
	"several: several",
	"united: united",
	"universe: universe universes",
	"university: university universities",
}

// ownLemma lists irregular forms that are common words of their own, although WordNet's texts hardly show it, or whose
// regular reading is another word ("lives"). Both readings must stay possible, so they become related words.
var ownLemma = strings.Fields(`axes best better bit bore bound data dove drove farther fell felt further ground lay leaves
	left lives rose saw shot spat spoke stole thought worse worst wound`)

// notLemma lists irregular forms that WordNet also has as words of their own, mostly participles, which mean the same.
var notLemma = strings.Fields(`bent bigger broken built children chosen did done drawn drew earlier earliest feet forbidden
	forgotten frozen gave given gone had held hidden kept known led lost made men met mistaken oxen paid sent sold spoken
	swollen teeth told took torn was went were women won worn written wrote younger`)

// strangers lists forms that are inflections by WordNet, or by the rules, but that readers take for another word or a name.
var strangers = strings.Fields(`abode auspices bani bespoke bok capita carpi catalyses char charing cleft cola collier cruces dass
	deeper dive dozier drier dryer dui fila flatter fora gan genera gilt guilder guilders hinder hove imagines jared joes jura kent
	kroner lei lepidoptera lieder lire lures magi madder media megara might miri offer ora os ostia ottomans overlay pease pent
	pleura principia pubes rami reis rent roma rove sacra septa sera signore slew smit sola soles sous squatter stamina stove synapses syringes
	tangier tanner tarsi testes tori trivia vasa vela wrought`)

// irregular holds what WordNet's lists of exceptions say beyond Snowball.
type irregular struct {
	stems     map[string]string   // form → stem, where it is one word alone
	plurals   map[string]string   // irregular plural → noun
	ambiguous map[string][]string // form that is also a word of its own → its lemmas
}

func irregulars(wn *wordNet, rare map[string]float64) irregular {
	ir := irregular{map[string]string{}, map[string]string{}, map[string][]string{}}
	for _, p := range partsOfSpeech {
		for _, e := range wn.exceptions[p.pos] {
			form, lemma := e[0], e[1]
			_, known := rare[form]
			switch {
			case !known || len(form) < 3 || slices.Contains(strangers, form) || stemRegular(form) == stemRegular(lemma):
				// too rare to matter, misleading, or known to Snowball
			case wn.isOwnLemma(form):
				ir.ambiguous[form] = append(ir.ambiguous[form], lemma)
			case ir.stems[form] == "":
				ir.stems[form] = stemRegular(lemma)
				if p.pos == 'n' {
					ir.plurals[form] = lemma
				}
			}
		}
	}
	ir.addRegular(wn, rare)
	for _, line := range apart {
		stem, forms, _ := strings.Cut(line, ": ")
		for _, form := range strings.Fields(forms) {
			ir.stems[form] = stem
		}
	}
	return ir
}

// addRegular adds the regular inflections that Snowball brings to the stem of no word at all ("sued" to "su").
func (ir irregular) addRegular(wn *wordNet, rare map[string]float64) {
	var lemmas []string
	taken := map[string]bool{}
	for _, lemma := range slices.Sorted(maps.Keys(wn.senses)) {
		if _, known := rare[lemma]; known && len(lemma) > 2 && wn.lower[lemma] {
			lemmas = append(lemmas, lemma)
			taken[stemRegular(lemma)] = true
		}
	}
	for _, lemma := range lemmas {
		for _, form := range inflections(lemma, wn.senses[lemma]) {
			_, known := rare[form]
			if known && !wn.lower[form] && !taken[stemRegular(form)] && ir.stems[form] == "" && !slices.Contains(strangers, form) {
				ir.stems[form] = stemRegular(lemma)
			}
		}
	}
}

// inflections gives the regular inflections of a lemma; consonants that double are among WordNet's exceptions.
func inflections(lemma string, senses map[byte][]string) []string {
	var forms []string
	if senses['n'] != nil || senses['v'] != nil {
		forms = append(forms, lemma+"s")
	}
	if senses['v'] == nil {
		return forms
	}
	if short, ok := strings.CutSuffix(lemma, "e"); ok {
		return append(forms, short+"ed", short+"ing")
	}
	return append(forms, lemma+"ed", lemma+"ing")
}

// isOwnLemma says whether a form is the lemma of another common word: one that WordNet's texts show at least 3 times.
func (wn *wordNet) isOwnLemma(form string) bool {
	if slices.Contains(notLemma, form) {
		return false
	}
	return slices.Contains(ownLemma, form) || wn.lower[form] && wn.tags[form] >= 3
}

// sections: the irregular forms, and their stems, each as many.
func (ir irregular) sections() [][]byte {
	forms := slices.Sorted(maps.Keys(ir.stems))
	stems := make([]string, len(forms))
	for i, form := range forms {
		stems[i] = ir.stems[form]
	}
	formText, formAt := keys(forms)
	stemText, stemAt := keys(stems)
	return [][]byte{formText, formAt, stemText, stemAt}
}

// stemmer stems as english.Stem does, while its table is still being made.
type stemmer struct{ irregular map[string]string }

func (s stemmer) stem(form string) string {
	if stem, ok := s.irregular[form]; ok {
		return stem
	}
	return stemRegular(form)
}

// rarities gives each stem the rarity of its most frequent form.
func (s stemmer) rarities(rare map[string]float64) map[string]float64 {
	stems := map[string]float64{}
	for form, r := range rare {
		stem := s.stem(form)
		if old, ok := stems[stem]; !ok || r < old {
			stems[stem] = r
		}
	}
	return stems
}

// stemRegular is the regular half of english.Stem.
func stemRegular(form string) string {
	if len(form) < 3 || strings.ContainsAny(form, "0123456789 ") {
		return form
	}
	env := snowballstem.NewEnv(form)
	snowball.Stem(env)
	return env.Current()
}
