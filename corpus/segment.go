package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	segmenter "github.com/clipperhouse/uax29/v2/sentences"
)

// sentences splits a passage at the sentence boundaries of Unicode's annex 29, then
// joins what that rule splits too eagerly: after abbreviations, initials and the like.
// It never adds a boundary. A line break is a space: passages are blocks by then.
func sentences(text string, passage Span) []Sentence {
	part := spaceOut(text[passage.Start:passage.End])
	var out []Sentence
	last := Span{}
	for tokens := segmenter.FromString(part); tokens.Next(); {
		at := trim(part, Span{tokens.Start(), tokens.End()})
		switch {
		case at.Len() == 0:
		case last.Len() > 0 && joined(part[last.Start:last.End], part[at.Start:at.End]):
			last.End = at.End
			out[len(out)-1] = Sentence{shift(last, passage.Start)}
		default:
			last = at
			out = append(out, Sentence{shift(last, passage.Start)})
		}
	}
	return out
}

func shift(s Span, by int) Span { return Span{s.Start + by, s.End + by} }

// spaceOut turns line breaks into spaces, keeping every offset.
func spaceOut(s string) string {
	if !strings.ContainsAny(s, "\n\r\v\f\u0085\u2028\u2029") {
		return s
	}
	b := []byte(s)
	for i, r := range s {
		switch r {
		case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			for j := range utf8.RuneLen(r) {
				b[i+j] = ' '
			}
		}
	}
	return string(b)
}

// Abbreviations after which a sentence goes on: before a name, before a number. Only
// those that are no words themselves ("no.", "in." and "art." end sentences too).
var (
	beforeName = wordSet(`mr mrs ms messrs mme dr drs prof rev fr hon pres gov sen rep reps sens amb
		gen col lt sgt capt cpl maj cmdr adm brig pvt st ste mt ft sr sra vs v viz cf eg ie e.g i.e`)
	beforeNumber = wordSet(`jan feb mar apr jun jul aug sep sept oct nov dec fig figs eq vol vols nr no nos
		pp p ch sec art ca c approx est b d r fl`)
	// starters begin sentences, not the names that follow an abbreviation or an initial.
	starters = wordSet(`a an the this that these those he she it they we you i his her its their our my your
		in on at by for from of to with as and but or so if when while where after before since because although
		there here what who why how which not no yes however then thus also some many most all both each every
		during until under over between among such one two three another other meanwhile later today`)
)

var (
	wordBeforeDot = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.])((?:\p{L}+\.)*\p{L}+)\.$`)
	initial       = regexp.MustCompile(`(?:^|[\s.(“"'‘-])\p{Lu}\.$`)
	acronym       = regexp.MustCompile(`(?:^|[^\p{L}.])(?:\p{L}\.){2,}$`)
	ordinal       = regexp.MustCompile(`^[(\[]?(?:\p{N}{1,3}|\p{L}|[ivxIVX]{1,4})[.)]$`)
)

// joined reports whether b goes on with the sentence a: a and b are neighbours that the
// boundary rule split.
func joined(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case !hasWord(b): // a stray closing quote or bracket
		return true
	case ordinal.MatchString(a): // the number of a list item
		return true
	case unicode.IsLower(first): // "Yahoo! was", "(sic!) and"
		return true
	case !strings.HasSuffix(a, "."):
		return false
	}
	next := firstWord(b)
	if acronym.MatchString(a) || initial.MatchString(a) && !endsInSingle(a) {
		return !starters[next]
	}
	m := wordBeforeDot.FindStringSubmatch(a)
	if m == nil {
		return false
	}
	word := strings.ToLower(m[1])
	return beforeName[word] && (unicode.IsUpper(first) || unicode.IsDigit(first)) && !(starters[next] && word != "vs" && word != "v") ||
		beforeNumber[word] && unicode.IsDigit(first)
}

// endsInSingle tells "vitamin C." and "World War I." from the initial of a name: the word
// before an initial is capitalised or another initial, and "I" is a numeral after "War".
func endsInSingle(a string) bool {
	words := strings.Fields(a)
	if len(words) < 2 {
		return false
	}
	before := strings.TrimLeft(words[len(words)-2], `("'“‘[`)
	r, _ := utf8.DecodeRuneInString(before)
	return !unicode.IsUpper(r) || words[len(words)-1] == "I." && len(before) > 2
}

func firstWord(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(s)
	}
	return strings.ToLower(s[:end])
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
