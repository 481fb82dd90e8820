package english_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/english"
)

func TestStem(t *testing.T) {
	t.Parallel()
	for name, forms := range map[string][]string{
		"regular inflections meet":                {"hire", "hires", "hired", "hiring"},
		"irregular past tenses meet the verb":     {"write", "wrote", "written", "writing"},
		"irregular participles meet the verb":     {"buy", "bought", "buys"},
		"irregular plurals meet the noun":         {"man", "men"},
		"plurals in -ren meet the noun":           {"child", "children"},
		"plurals in -ves meet the noun":           {"wife", "wives"},
		"plurals in -es meet the noun":            {"crisis", "crises"},
		"plurals of companies meet the noun":      {"company", "companies"},
		"regular forms that Snowball misses":      {"sue", "sued", "suing", "sues"},
		"comparatives that double meet the word":  {"big", "bigger", "biggest"},
		"the family of experiment keeps together": {"experiment", "experiments", "experimental"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, form := range forms {
				if got, want := english.Stem(form), english.Stem(forms[0]); got != want {
					t.Errorf("Stem(%q) = %q, Stem(%q) = %q", form, got, forms[0], want)
				}
			}
		})
	}
}

func TestStem_keeps_apart(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"news", "new"}, {"university", "universe"}, {"experiment", "experience"}, {"international", "internal"},
		{"authority", "author"}, {"business", "busy"}, {"important", "import"}, {"evening", "even"}, {"united", "unit"},
		{"found", "founded"}, {"ground", "grind"}, {"lay", "lie"}, {"wound", "wind"}, {"bound", "bind"}, {"bore", "bear"},
		{"born", "bear"},
	} {
		if a, b := english.Stem(pair[0]), english.Stem(pair[1]); a == b {
			t.Errorf("Stem(%q) = Stem(%q) = %q", pair[0], pair[1], a)
		}
	}
}

func TestStem_leaves_short_forms_and_numbers(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"", "i", "us", "as", "2014s", "4s", "b2bs"} {
		if got := english.Stem(form); got != form {
			t.Errorf("Stem(%q) = %q", form, got)
		}
	}
}

func TestRarity(t *testing.T) {
	t.Parallel()
	order := []string{"the", "by", "company", "inventor", "tungsten", "zuckerberg"}
	for i, form := range order[1:] {
		if english.Rarity(form) <= english.Rarity(order[i]) {
			t.Errorf("%q is no rarer than %q", form, order[i])
		}
	}
	for _, form := range []string{"zuckerberg", "xqzzy", "é", ""} {
		if got := english.Rarity(form); got != english.MaxRarity {
			t.Errorf("Rarity(%q) = %v, want %v for what is unknown", form, got, english.MaxRarity)
		}
	}
	for _, form := range []string{"the", "of", "and", "you", "is", "a"} {
		if got := english.Rarity(form); got > 2 {
			t.Errorf("Rarity(%q) = %v, want at most 2 for a function word", form, got)
		}
	}
	if got := english.Rarity("2014"); got != 6 {
		t.Errorf("Rarity(2014) = %v, want 6 for a number", got)
	}
	if base, got := english.Rarity("lawsuit"), english.Rarity("lawsuited"); got <= base || got == english.MaxRarity {
		t.Errorf("an uncounted inflection has rarity %v, want a little over its word's %v", got, base)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for form, want := range map[string][2]bool{
		"mark": {true, false}, "elizabeth": {true, false}, "lind": {false, true}, "wang": {false, true},
		"thomas": {true, true}, "company": {}, "will": {}, "the": {}, "england": {}, "xqzzy": {}, "": {},
	} {
		if got := [2]bool{english.GivenName(form), english.Surname(form)}; got != want {
			t.Errorf("%q: given name and surname %v, want %v", form, got, want)
		}
	}
}

func TestRelated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stem, to string
		weight   float32
	}{
		{"hire", "employ", .8}, {"car", "automobil", .8}, {"founder", "found", .8}, {"inventor", "invent", .8},
		{"competitor", "rival", .8}, {"acquir", "acquisit", .8}, {"buy", "purchas", .8}, {"quit", "resign", .8},
		{"auction", "sale", .5}, {"wound", "wind", .9}, {"wind", "wound", .9},
		{"quit", "step down", .95}, {"step down", "quit", .95}, {"float", "go public", .8}, {"hire", "bring on board", .95},
	} {
		weights := map[string]float32{}
		for to, weight := range english.Related(c.stem) {
			weights[to] = weight
		}
		if weights[c.to] != c.weight {
			t.Errorf("Related(%q) has %q at %v, want %v", c.stem, c.to, weights[c.to], c.weight)
		}
	}
}

func TestRelated_is_ordered_and_bounded(t *testing.T) {
	t.Parallel()
	for _, stem := range []string{"hire", "car", "deal", "person", "live", "cost"} {
		var weights []float32
		for to, weight := range english.Related(stem) {
			if to == stem || weight <= 0 || weight > 1 {
				t.Errorf("Related(%q) has %q at %v", stem, to, weight)
			}
			weights = append(weights, -weight)
		}
		if !slices.IsSorted(weights) || len(weights) > 24 {
			t.Errorf("Related(%q): %d weights, not at most 24 or not heaviest first: %v", stem, len(weights), weights)
		}
	}
	for to := range english.Related("xqzzy") {
		t.Errorf("an unknown stem is related to %q", to)
	}
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	for stem, want := range map[string]string{"ceo": "chief execut offic", "vp": "vice presid"} {
		var got []string
		for phrase := range english.Phrases(stem) {
			got = append(got, strings.Join(phrase, " "))
		}
		if !slices.Contains(got, want) {
			t.Errorf("Phrases(%q) = %q, want %q among them", stem, got, want)
		}
	}
}

func TestVerb(t *testing.T) {
	t.Parallel()
	for stems, want := range map[string][2]bool{
		"step": {false, true}, "step down": {true, false}, "bring on": {true, true}, "bring on board": {true, false},
		"remov from": {false, true}, "harbour": {}, "step up the": {}, "": {}, " ": {}, "zzz": {}, "~": {},
	} {
		if whole, begins := english.Verb(stems); [2]bool{whole, begins} != want {
			t.Errorf("Verb(%q) = %v, %v, want %v", stems, whole, begins, want)
		}
	}
}

func TestNickname(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"bill", "william", true}, {"william", "bill", true}, {"ted", "edward", true}, {"kate", "kathryn", true},
		{"liz", "elizabeth", true}, {"john", "don", false}, {"bill", "robert", false}, {"sinclair", "harry", false}, {"bill", "bill", false}, {"", "william", false},
	} {
		if got := english.Nickname(c.a, c.b); got != c.want {
			t.Errorf("Nickname(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestClass(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		class, form string
		want        bool
	}{
		{"company", "subsidiaries", true}, {"companies", "company", true}, {"company", "university", false},
		{"vehicle", "cars", true}, {"person", "founder", true}, {"person", "children", true}, {"scientist", "einstein", true},
		{"city", "paris", true}, {"person", "paris", false}, {"person", "xqzzy", false},
	} {
		class, ok := english.ClassOf(c.class)
		if !ok {
			t.Fatalf("ClassOf(%q) is unknown", c.class)
		}
		senses := english.Senses(c.form)
		if got := class.Holds(senses[0]) || class.Holds(senses[1]); got != c.want {
			t.Errorf("%q is a kind of %q: %v, want %v", c.form, c.class, got, c.want)
		}
	}
	if _, ok := english.ClassOf("xqzzy"); ok {
		t.Error("an unknown word has a class")
	}
}

func TestCoarseOf(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]english.Coarse{
		"person": english.Person, "inventor": english.Person, "men": english.Person, "company": english.Group,
		"paris": english.Place, "cities": english.Place, "year": english.Time, "mile": english.Quantity,
		"car": english.Artifact, "victory": english.Event, "letter": english.Communication, "money": english.Possession,
		"entity": english.None, "whatsapp": english.None,
	} {
		if got := english.CoarseOf(english.Senses(form)[0]); got != want {
			t.Errorf("CoarseOf %q = %d, want %d", form, got, want)
		}
	}
}

func TestTables_take_at_most_3_MB(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.bin")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	total := int64(0)
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > 3e6 {
		t.Errorf("the tables take %d bytes", total)
	}
}

func TestLookups_allocate_nothing(t *testing.T) {
	for name, look := range map[string]func(){
		"Rarity":        func() { english.Rarity("company") },
		"Surname":       func() { english.Surname("lind") },
		"Senses":        func() { english.Senses("company") },
		"irregular":     func() { english.Stem("wrote") },
		"Related":       func() { each(english.Related("hire")) },
		"unknown words": func() { english.Rarity("xqzzy") },
	} {
		if n := testing.AllocsPerRun(100, look); n > 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

func each(related func(func(string, float32) bool)) {
	related(func(string, float32) bool { return true })
}

func FuzzLookups(f *testing.F) {
	for _, s := range []string{"", "hire", "wrote", "é", "\xff\xfe", "don't", "4s", "ies", "ssed", "yyyy", "ab\x00ing"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		stem := english.Stem(s)
		if r := english.Rarity(s); r < 0 || r > english.MaxRarity {
			t.Errorf("Rarity(%q) = %v", s, r)
		}
		english.GivenName(s)
		english.Surname(s)
		english.Nickname(s, stem)
		if whole, _ := english.Verb(s); whole && !strings.Contains(s, " ") {
			t.Errorf("Verb(%q) has one word", s)
		}
		for to, weight := range english.Related(stem) {
			if to == "" || weight <= 0 || weight > 1 {
				t.Errorf("Related(%q) has %q at %v", stem, to, weight)
			}
		}
		for phrase := range english.Phrases(stem) {
			if len(phrase) < 2 {
				t.Errorf("Phrases(%q) has %q", stem, phrase)
			}
		}
		class, ok := english.ClassOf(s)
		if sense := english.Senses(s)[0]; ok != class.Holds(sense) {
			t.Errorf("the class of %q holds its first sense: %v", s, !ok)
		} else {
			english.CoarseOf(sense)
		}
	})
}

var benchmarked = []string{"company", "hired", "organizations", "wrote", "founder", "running", "xqzzyings"}

func BenchmarkStem(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		english.Stem(benchmarked[i%len(benchmarked)])
	}
}

func BenchmarkRarity(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		english.Rarity(benchmarked[i%len(benchmarked)])
	}
}

func BenchmarkSenses(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		english.Senses(benchmarked[i%len(benchmarked)])
	}
}

func BenchmarkRelated(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for stem := range english.Related("hire") {
			_ = stem
		}
	}
}

func TestOpposites(t *testing.T) {
	t.Parallel()
	for stem, want := range map[string]string{"increas": "decreas", "north": "south", "buy": "sell", "larg": "small"} {
		if got := slices.Collect(english.Opposites(stem)); !slices.Contains(got, want) {
			t.Errorf("Opposites(%q) = %q, want %q among them", stem, got, want)
		}
	}
}
