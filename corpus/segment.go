package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	segmenter "github.com/clipperhouse/uax29/v2/sentences"
)

// sentences splits a passage at the sentence boundaries of Unicode's annex 29, and behind the
// brackets in which encyclopedias cite. Then it joins what that rule splits too eagerly: after
// abbreviations, initials and the like. A line break is a space: passages are blocks by then.
func sentences(text string, passage Span) []Sentence {
	part := spaceOut(text[passage.Start:passage.End])
	var out []Sentence
	last := Span{}
	for start := 0; start < len(part); {
		end := boundary(part, start)
		at := trim(part, Span{start, end})
		start = end
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

// boundary is where the sentence that starts at start ends.
func boundary(text string, start int) int {
	// The rule looks back over two characters; before them lie only such as end no sentence.
	from := start + inert(text[start:])
	for range 2 {
		_, size := utf8.DecodeLastRuneInString(text[start:from])
		from -= size
	}
	tokens := segmenter.FromString(text[from:])
	tokens.Next()
	end := from + tokens.End()
	if cited := behindCitation(text[from:end]); cited > 0 {
		return from + cited
	}
	if strings.HasSuffix(text[:end], "[") { // a number follows, which the rule takes for a beginning
		return max(end, behindBrackets(text, end-1))
	}
	return end
}

// inert is how many bytes from the start of a text hold only characters that neither end a
// sentence nor are passed over by the rules for its end: most of English.
func inert(text string) int {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '.' || c == '!' || c == '?':
			return i
		case c < utf8.RuneSelf:
			i++
		case 0xc3 <= c && c <= 0xc9 && i+1 < len(text): // U+00C0 to U+027F, letters
			i += 2
		case strings.HasPrefix(text[i:], "\u2018"), strings.HasPrefix(text[i:], "\u2019"), strings.HasPrefix(text[i:], "\u201c"),
			strings.HasPrefix(text[i:], "\u201d"), strings.HasPrefix(text[i:], "\u2013"), strings.HasPrefix(text[i:], "\u2014"):
			i += 3
		default:
			return i
		}
	}
	return len(text)
}

// longCitation is how many bytes a citation has at most, as "[citation needed]".
const longCitation = 40

// behindCitation is where a sentence ends whose end is followed by citations in brackets, which
// the rule takes for its middle: "It stood.[1][citation needed] Nobody saw it."; 0 without one.
func behindCitation(text string) int {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], ']')
		if i < 0 {
			return 0
		}
		at += i + 1
		next, size := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], " "))
		if size == 0 || text[at] != ' ' || !unicode.IsUpper(next) && next != '“' && next != '"' {
			continue
		}
		head := text[:at]
		for strings.HasSuffix(head, "]") {
			open := strings.LastIndexByte(head, '[')
			if open < 0 || len(head)-open > longCitation {
				break
			}
			head = head[:open]
		}
		if len(head) < at && endsWithStop(strings.TrimRight(head, `"”’)`)) {
			return at
		}
	}
}

// behindBrackets is where the citations end that begin at at; 0 where none does.
func behindBrackets(text string, at int) (end int) {
	for at < len(text) && text[at] == '[' {
		length := strings.IndexByte(text[at:min(len(text), at+longCitation)], ']')
		if length < 0 {
			break
		}
		at += length + 1
		end = at
	}
	return end
}

func endsWithStop(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

func shift(s Span, by int) Span { return Span{s.Start + by, s.End + by} }

// spaceOut turns line breaks into spaces, keeping every offset.
func spaceOut(s string) string {
	// One sign at a time is found far faster than any of several that are not ASCII.
	if !strings.ContainsAny(s, "\n\r\v\f") && !strings.Contains(s, "\u0085") && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029") {
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

// joined reports whether b goes on with the sentence a: a and b are neighbours that the
// boundary rule split.
func joined(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case !hasWord(b): // a stray closing quote or bracket
		return true
	case isOrdinal(a): // the number of a list item
		return true
	case unicode.IsLower(first): // "Yahoo! was", "(sic!) and"
		return true
	case !strings.HasSuffix(a, "."):
		return false
	}
	dotted := dottedEnd(a)
	if isAcronym(dotted) || isInitial(a) && (!endsInSingle(a) || startsWithInitial(b)) {
		return !starters[firstWord(b)]
	}
	if before, _ := utf8.DecodeLastRuneInString(a[:len(a)-len(dotted)]); unicode.IsNumber(before) || !isAbbreviation(dotted) {
		return false
	}
	word := strings.ToLower(dotted[:len(dotted)-1])
	return beforeName[word] && (unicode.IsUpper(first) || unicode.IsDigit(first)) && (word == "vs" || word == "v" || !starters[firstWord(b)]) ||
		beforeNumber[word] && unicode.IsDigit(first)
}

// isOrdinal reports whether a is nothing but the number of a list item, with or without a
// bracket: "12.", "(b)", "iv.".
func isOrdinal(a string) bool {
	if len(a) > 0 && (a[0] == '(' || a[0] == '[') {
		a = a[1:]
	}
	if len(a) < 2 || a[len(a)-1] != '.' && a[len(a)-1] != ')' {
		return false
	}
	a = a[:len(a)-1]
	r, size := utf8.DecodeRuneInString(a)
	if unicode.IsLetter(r) && size == len(a) {
		return true
	}
	return len(a) <= 4 && strings.Trim(a, "ivxIVX") == "" || isShortNumber(a)
}

func isShortNumber(s string) bool {
	n := 0
	for _, r := range s {
		if n++; n > 3 || !unicode.IsNumber(r) {
			return false
		}
	}
	return true
}

// dottedEnd is the letters and dots that a ends with.
func dottedEnd(a string) string {
	at := len(a)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(a[:at])
		if r != '.' && !unicode.IsLetter(r) {
			break
		}
		at -= size
	}
	return a[at:]
}

// isAcronym reports whether letters and dots alternate, as in "U.S.".
func isAcronym(dotted string) bool {
	letters := 0
	for len(dotted) > 0 {
		r, size := utf8.DecodeRuneInString(dotted)
		if r == '.' || size == len(dotted) || dotted[size] != '.' {
			return false
		}
		letters++
		dotted = dotted[size+1:]
	}
	return letters > 1
}

// isAbbreviation reports whether words stand between single dots, as in "e.g." or "Mr.".
func isAbbreviation(dotted string) bool {
	return dotted != "." && dotted != "" && dotted[0] != '.' && !strings.Contains(dotted, "..")
}

// isInitial reports whether a ends with a capital letter and a dot, alone or behind one of the
// signs that stand before names.
func isInitial(a string) bool {
	a = a[:len(a)-1]
	r, size := utf8.DecodeLastRuneInString(a)
	if !unicode.IsUpper(r) {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(a[:len(a)-size])
	return size == 0 || strings.ContainsRune(" \t\n\f\r.(“\"'‘-", before)
}

// endsInSingle tells "vitamin C." and "World War I." from the initial of a name: the word
// before an initial is capitalised or another initial, and "I" is a numeral after "War".
func endsInSingle(a string) bool {
	rest, last := cutLastWord(a)
	_, word := cutLastWord(rest)
	if word == "" {
		return false
	}
	before := strings.TrimLeft(word, `("'“‘[`)
	r, _ := utf8.DecodeRuneInString(before)
	return !unicode.IsUpper(r) || last == "I." && len(before) > 2
}

// startsWithInitial reports whether b begins as the second of several initials does: "W. E. B. Du Bois".
func startsWithInitial(b string) bool {
	r, size := utf8.DecodeRuneInString(b)
	return unicode.IsUpper(r) && strings.HasPrefix(b[size:], ".")
}

// cutLastWord cuts the last word and the spaces around it off a text.
func cutLastWord(s string) (rest, word string) {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	at := strings.LastIndexFunc(s, unicode.IsSpace)
	if at < 0 {
		return "", s
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return s[:at], s[at+size:]
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
