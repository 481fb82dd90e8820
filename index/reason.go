package index

import (
	"fmt"
	"strings"

	"verbatim/corpus"
	"verbatim/english"
)

const maxRarity = english.MaxRarity

// explainOutcome puts the reason of an outcome that is no answer in one sentence, and looks for
// a name of the stories that may have been meant.
func (s *scorer) explainOutcome(a *corpus.Answer, order []int) {
	switch a.Outcome {
	case corpus.Silence:
		a.Reason = s.whySilent()
		a.Suggestion = s.suggest(a.Question)
	case corpus.Closest:
		a.Reason = s.whyClosest(order)
		a.Suggestion = s.suggest(a.Question)
	}
}

func (s *scorer) whySilent() string {
	if s.q.after != (corpus.Place{}) {
		return "I find nothing more on this."
	}
	if s.q.unmatched != "" {
		return OccursNowhere(s.q.unmatched)
	}
	if s.smallTalk() {
		return "I only quote stories: ask me for what stands in them."
	}
	if len(s.q.Terms) == 0 {
		return "The question has no word to look for."
	}
	if t := s.rarestUnknown(); t != nil {
		return OccursNowhere(t.Written)
	}
	return ""
}

// telling is the rarity from which it says something that a word is missing: "up" does not.
const telling = 5

// sameThing is how near a relative in meaning must come to say the same (see package english).
const sameThing = .8

// rarestUnknown is the term missing from the stories that says most about the question: names
// before other words. Nil where none is missing.
func (s *scorer) rarestUnknown() (rarest *Term) {
	for i := range s.q.Terms {
		t := &s.q.Terms[i]
		if t.known || t.nearest() >= sameThing || t.Rarity < telling && !t.Name {
			continue
		}
		if rarest == nil || t.Name && !rarest.Name || t.Name == rarest.Name && t.Rarity > rarest.Rarity {
			rarest = t
		}
	}
	return rarest
}

func (s *scorer) whyClosest(order []int) string {
	c := &s.candidates[order[0]]
	v := &s.scratch.passages[c.view]
	about := s.namesHeld(v.held | v.title | v.heading)
	missing := s.rarestUnknown()
	switch {
	case about != "" && missing != nil:
		return fmt.Sprintf("The story speaks of %s, but “%s” occurs nowhere in it.", about, missing.Written)
	case missing != nil:
		return fmt.Sprintf("“%s” occurs nowhere in the story.", missing.Written)
	case about != "":
		return fmt.Sprintf("The story speaks of %s, but I find nothing that surely answers this.", about)
	}
	return "I find nothing that surely answers this."
}

// namesHeld joins the names of the question that a passage holds, as the person wrote them.
func (s *scorer) namesHeld(held uint32) string {
	var names []string
	last := -2
	for i := range s.q.Terms {
		t := &s.q.Terms[i]
		if !t.Name || held&(1<<i) == 0 {
			continue
		}
		if last == i-1 {
			names[len(names)-1] += " " + t.Written
		} else {
			names = append(names, t.Written)
		}
		last = i
	}
	return strings.Join(names, " and ")
}

// suggest replaces an unknown word of the question by the name of the stories that looks most
// like it. It returns "" where none is near.
func (s *scorer) suggest(q corpus.Question) string {
	for i := range s.q.Terms {
		t := &s.q.Terms[i]
		if t.known || t.Number {
			continue
		}
		if name := s.nearestName(t.Text); name != "" {
			q.Text = strings.Replace(q.Text, t.Written, name, 1)
			return q.String()
		}
	}
	return ""
}

// nearestName is a name that differs from a word by a third of its letters at most.
func (s *scorer) nearestName(word string) string {
	for _, l := range s.spelling.like(word, 8) {
		f := &s.vocabulary.forms[l.form]
		if f.isName() && 3*distance(word, s.vocabulary.text(l.form)) <= len(word) {
			return s.asWritten(l.form)
		}
	}
	return ""
}

// asWritten is how the stories write a form, its first capitalised use.
func (s *scorer) asWritten(id formID) string {
	if word := s.vocabulary.forms[id].uses.written; word > 0 {
		return s.written(int(word) - 1)
	}
	return strings.Clone(s.vocabulary.text(id))
}

// written reads a word out of its story.
func (t *texts) written(word int) (found string) {
	sentence := t.sentenceOf(word)
	text := t.sentenceText(sentence)
	n := 0 // which of the tokens of the text it is
	for i := int(t.sentences[sentence].word); i < word; i++ {
		n += count(t.flags[i]&flagPhrasal == 0)
	}
	tokenize(text, func(k token) {
		if n == 0 {
			found = strings.Clone(text[k.start:k.end])
		}
		n--
	})
	return found
}
