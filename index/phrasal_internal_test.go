package index

import (
	"slices"
	"testing"
)

func TestPhrasal_finds_verbs_of_several_words(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"She stepped down in May.":                          {"step down"},
		"He brought on board its founder.":                  {"bring on", "bring on board"},
		"They brought their old friend on board.":           {"bring on board"},
		"Hale was removed from her role.":                   {"remov from role"},
		"Hale was removed from the city by her own role.":   nil,
		"She stepped, down there, on a stone.":              nil,
		"They put it off.":                                  {"put off"},
		"The vote was put off and it took place in spring.": {"put off", "take place"},
		"step-down": {"step down"},
		"":          nil,
	} {
		var p phrasal
		var got []string
		i := 0
		tokenize(text, func(k token) {
			stem := stemOf(k.form)
			if verb := p.next(i, stem, phrasalTraits(k.form, stem), k.flags); verb != "" {
				got = append(got, string([]byte(verb)))
			}
			i++
		})
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
