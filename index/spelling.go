package index

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"verbatim/english"
)

// trigrams finds the forms that share letters with a word, for typing errors ("zukerberg") and
// for relatives that the tables of package english do not know. It is a flat index from three
// letters in a row to the forms that have them.
type trigrams struct {
	keys  []trigram
	first []uint32 // by key: its first form in forms; one more ends the last
	forms []formID
	sizes []uint8 // by form: how many different trigrams it has, at most 255

	sharing sync.Pool // of *sharing
}

// trigram is three bytes of a form, whose ends count as letters of their own.
type trigram uint32

// shortest is how many bytes a form must have: shorter ones have too few trigrams to compare.
const shortest = 4

// build indexes the forms of a vocabulary.
func (x *trigrams) build(v *vocabulary) {
	type pair struct {
		key  trigram
		form formID
	}
	x.sizes = make([]uint8, len(v.forms))
	var pairs []pair
	var scratch []trigram
	for id := range v.forms {
		f := &v.forms[id]
		text := v.text(formID(id))
		if len(text) < shortest || f.traits&traitStop != 0 || strings.Contains(text, " ") {
			continue
		}
		scratch = appendTrigrams(scratch[:0], text)
		x.sizes[id] = uint8(min(len(scratch), 255))
		for _, k := range scratch {
			pairs = append(pairs, pair{k, formID(id)})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.form, b.form)) })
	for i, p := range pairs {
		if i == 0 || p.key != pairs[i-1].key {
			x.keys, x.first = append(x.keys, p.key), append(x.first, uint32(i))
		}
		x.forms = append(x.forms, p.form)
	}
	x.first = append(x.first, uint32(len(pairs)))
}

// appendTrigrams adds the different trigrams of a form.
func appendTrigrams(to []trigram, form string) []trigram {
	from := len(to)
	window := trigram('^')
	add := func(c byte, complete bool) {
		window = window<<8&0xffffff | trigram(c)
		if complete && !slices.Contains(to[from:], window) {
			to = append(to, window)
		}
	}
	for i := range len(form) {
		add(form[i], i > 0)
	}
	add('$', true)
	return to
}

// similar is a form of the stories that resembles a word.
type similar struct {
	form formID
	dice float32 // twice the shared trigrams, by the trigrams of both
}

// alike is the least resemblance that counts. Measured by the study that the features come from.
const alike = 0.45

// like lists the forms that resemble a word, most first, at most so many.
func (x *trigrams) like(word string, most int) []similar {
	if len(word) < shortest {
		return nil
	}
	s := x.newSharing()
	defer x.sharing.Put(s)
	defer s.clear()
	s.lists(x, word)
	n := len(s.keys)
	// Forms that share fewer than this many trigrams with the word cannot be alike, however short
	// they are: so one that is has a trigram among all but the longest lists.
	least := int(alike*float32(n)/(2-alike)) + 1
	for i, list := range s.found {
		s.count(list, i > len(s.found)-least)
	}
	var found []similar
	for _, f := range s.forms {
		if dice := 2 * float32(s.shared[f]) / float32(n+int(x.sizes[f])); dice > alike {
			found = append(found, similar{f, dice})
		}
	}
	slices.SortFunc(found, func(a, b similar) int { return cmp.Or(cmp.Compare(b.dice, a.dice), cmp.Compare(a.form, b.form)) })
	return found[:min(most, len(found))]
}

// sharing is which forms share how many trigrams with a word; kept for the next word.
type sharing struct {
	keys   []trigram
	found  [][]formID // by trigram of the word that occurs, the shortest list first
	shared []uint8    // by form
	forms  []formID   // that share some
}

func (x *trigrams) newSharing() *sharing {
	if s, ok := x.sharing.Get().(*sharing); ok {
		return s
	}
	return &sharing{shared: make([]uint8, len(x.sizes))}
}

func (s *sharing) clear() {
	for _, f := range s.forms {
		s.shared[f] = 0
	}
	s.forms = s.forms[:0]
}

// lists finds the forms of each trigram of a word.
func (s *sharing) lists(x *trigrams, word string) {
	s.keys, s.found = appendTrigrams(s.keys[:0], word), s.found[:0]
	for _, k := range s.keys {
		if i, ok := slices.BinarySearch(x.keys, k); ok {
			s.found = append(s.found, x.forms[x.first[i]:x.first[i+1]])
		}
	}
	slices.SortFunc(s.found, func(a, b []formID) int { return cmp.Compare(len(a), len(b)) })
}

// count notes a trigram of the forms of a list; only of those seen before, where that is enough.
func (s *sharing) count(list []formID, seen bool) {
	for _, f := range list {
		if s.shared[f] == 0 {
			if seen {
				continue
			}
			s.forms = append(s.forms, f)
		}
		s.shared[f]++
	}
}

// correct takes a word that the stories lack for the form that was meant, where one is near
// enough: one letter off for up to seven letters, two for longer ones, the first letter the same.
// A word that English knows is only taken for a name spelt one letter longer or shorter
// ("Alexander" for Alexandr): "capital" is not a slip for "capitol".
func (a *analyst) correct(t *Term) {
	if len(t.Text) < shortest || t.Number {
		return
	}
	ordinary := t.Rarity < english.MaxRarity
	best, nearest := noForm, 3
	for _, s := range a.spelling.like(t.Text, 12) {
		f := &a.vocabulary.forms[s.form]
		text := a.vocabulary.text(s.form)
		if text[0] != t.Text[0] {
			continue
		}
		d := distance(t.Text, text)
		allowed := 1
		if utf8.RuneCountInString(t.Text) > 7 {
			allowed = 2
		}
		if ordinary && (len(text) == len(t.Text) || !f.isName() || len(t.Text) < 6) {
			continue
		}
		if ordinary {
			allowed = 1
		}
		if d <= allowed && d < nearest {
			best, nearest = s.form, d
		}
	}
	if best == noForm {
		return
	}
	a.take(t, best)
}

// distance is how many letters must be added, dropped, changed, or swapped with the next one
// (Damerau 1964, in its restricted form).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
