package index

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is a word, number or sign of a text, as both stories and questions are read.
type token struct {
	start, end int    // bytes in the text, half-open
	form       string // lower case, without accents: what is compared
	flags      tokenFlags
}

// tokenFlags is what a token's place in the text tells beside its form.
type tokenFlags uint8

const (
	flagCapital  tokenFlags = 1 << iota // starts with a capital letter
	flagFirst                           // first word of a sentence, whose capital tells nothing
	flagNumber                          // starts with a digit
	flagCompound                        // the two parts of a hyphenated word before it, joined
	flagSign                            // stands for a sign: "$" is dollar, "%" percent
	flagComma                           // a comma, semicolon, bracket or dash follows
	flagQuoted                          // stands within quotation marks
	flagPhrasal                         // a compound that ends here, of words that stand before it: see phrasal.go
)

// signs are read as the word that is spoken for them.
var signs = map[rune]string{'$': "dollar", '€': "euro", '£': "pound", '¥': "yen", '%': "percent", '&': "and"}

// tokenize cuts a text into words and numbers. "U.S." is one word, "14.3" and "1,000" are one
// number, "Meta's" is "meta" and "o’brien" is "o'brien"; a word of two hyphenated parts gives
// both parts and then the parts joined, so that "start-up" meets "startup".
func tokenize(text string, yield func(token)) {
	t := tokenizer{text: text, first: true, yield: yield}
	for t.at < len(text) {
		t.next()
	}
	t.flush()
}

type tokenizer struct {
	text   string
	at     int
	first  bool // no word of the sentence has been seen
	quoted bool
	yield  func(token)

	last    token // the word before, to mark what follows it and to join compounds
	pending bool
	hyphen  bool // a hyphen alone stands between the last word and here
	parts   int  // how many hyphenated parts the last word is the end of
}

func (t *tokenizer) next() {
	r, size := utf8.DecodeRuneInString(t.text[t.at:])
	switch {
	case unicode.Is(unicode.Mn, r): // an accent that stands alone, or what makes "❤" an emoji
	case isWord(r):
		t.word()
		return
	case signs[r] != "":
		t.flush()
		t.emit(token{start: t.at, end: t.at + size, form: signs[r], flags: flagSign})
		t.parts = 0
	default:
		t.punctuation(r)
	}
	t.at += size
}

// punctuation notes what a sign between words says about them.
func (t *tokenizer) punctuation(r rune) {
	t.hyphen = false
	switch r {
	case '.', '!', '?', '…':
		t.first, t.parts = true, 0
	case ',', ';', ':', '(', ')', '[', ']', '—', '–':
		if t.pending {
			t.last.flags |= flagComma
		}
		t.parts = 0
	case '"', '“', '”', '„', '«', '»':
		t.quoted = r == '“' || r == '„' || r == '«' || r == '"' && !t.quoted
		t.parts = 0
	case '-', '‐', '‑':
		t.hyphen = t.pending && t.last.end == t.at
	default:
		t.parts = 0
	}
}

// word reads a word or number.
func (t *tokenizer) word() {
	start := t.at
	end, clean := t.wordEnd()
	k := token{start: start, end: end, form: t.text[start:end]}
	first, _ := utf8.DecodeRuneInString(k.form)
	if unicode.IsUpper(first) {
		k.flags |= flagCapital
	}
	if unicode.IsDigit(first) {
		k.flags |= flagNumber
	}
	if t.first {
		k.flags |= flagFirst
	}
	if t.quoted {
		k.flags |= flagQuoted
	}
	if k.form = fold(k.form, clean); k.form == "" {
		t.at, t.parts = end, 0
		return
	}
	t.first = false
	t.at = t.skipSuffix(end)
	joins := t.hyphen && t.parts == 1 && k.flags&flagNumber == 0 && t.last.flags&flagNumber == 0
	before := t.last
	hyphenated := t.hyphen
	t.flush()
	t.last, t.pending, t.hyphen = k, true, false
	if joins && !t.moreParts() {
		t.flush()
		t.emit(token{start: before.start, end: k.end, form: before.form + k.form, flags: before.flags&^flagComma | flagCompound})
	}
	if hyphenated {
		t.parts++
	} else {
		t.parts = 1
	}
}

// moreParts reports whether a hyphen and another part follow, as in "state-of-the-art".
func (t *tokenizer) moreParts() bool {
	rest := t.text[t.at:]
	if len(rest) < 2 || rest[0] != '-' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return isWord(r)
}

func (t *tokenizer) flush() {
	if t.pending {
		t.emit(t.last)
		t.pending = false
	}
}

func (t *tokenizer) emit(k token) { t.yield(k) }

// wordEnd finds the end of the word that starts here; clean means plain lower-case ASCII.
func (t *tokenizer) wordEnd() (end int, clean bool) {
	clean = true
	text := t.text
	i := t.at
	for i < len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			i++
			continue
		case c >= 'A' && c <= 'Z':
			clean = false
			i++
			continue
		case c == '.' || c == ',' || c == '\'':
			if !t.inside(i) {
				return i, clean
			}
			clean = false
			i++
			continue
		case c < utf8.RuneSelf:
			return i, clean
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) && !(r == '’' && t.inside(i)) {
			return i, clean
		}
		clean = false
		i += size
	}
	return i, clean
}

// inside reports whether the point, comma or apostrophe at i belongs to the word: the point of
// a decimal number or of "U.S.", the comma of "1,000", the apostrophe of "O'Brien" but not that
// of "Meta's" or "don't".
func (t *tokenizer) inside(i int) bool {
	before, _ := utf8.DecodeLastRuneInString(t.text[t.at:i])
	size := 1
	if t.text[i] >= utf8.RuneSelf {
		size = len("’")
	}
	after, n := utf8.DecodeRuneInString(t.text[i+size:])
	switch t.text[i] {
	case '.':
		return unicode.IsDigit(before) && unicode.IsDigit(after) || unicode.IsUpper(before) && unicode.IsUpper(after) && t.singles(i)
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	if !unicode.IsLetter(before) || !unicode.IsLetter(after) {
		return false
	}
	second, _ := utf8.DecodeRuneInString(t.text[i+size+n:])
	return unicode.IsLetter(second) && !contraction(t.text[i+size:])
}

// singles reports whether the word so far is single letters with points between: "U", "U.S".
func (t *tokenizer) singles(i int) bool {
	letters := 0
	for _, r := range t.text[t.at:i] {
		if r == '.' {
			letters = 0
			continue
		}
		if letters++; letters > 1 {
			return false
		}
	}
	return true
}

// contraction reports whether what follows an apostrophe is the end of "they're", "we'll".
func contraction(s string) bool {
	if len(s) < 2 {
		return false
	}
	two := s[:2]
	if two != "re" && two != "ve" && two != "ll" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[2:])
	return !isWord(r)
}

// skipSuffix steps over the "'s" of a possessive and the like.
func (t *tokenizer) skipSuffix(end int) int {
	r, size := utf8.DecodeRuneInString(t.text[end:])
	if r != '\'' && r != '’' {
		return end
	}
	i := end + size
	for i < len(t.text) && i-end-size < 3 {
		c := t.text[i]
		if c < 'a' || c > 'z' {
			break
		}
		i++
	}
	if r, _ := utf8.DecodeRuneInString(t.text[i:]); i == end+size || isWord(r) {
		return end
	}
	return i
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// special letters that Unicode's decomposition leaves as they are.
var special = map[rune]string{'ß': "ss", 'ø': "o", 'ł': "l", 'æ': "ae", 'œ': "oe", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", '’': "'"}

// fold brings a word to its form: lower case, no accents, no points or thousands commas.
func fold(word string, clean bool) string {
	if clean {
		return word
	}
	decimal := word[0] >= '0' && word[0] <= '9'
	buf := make([]byte, 0, 32)
	ascii := true
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == ',' || c == '.' && !decimal:
			continue
		}
		buf = append(buf, c)
	}
	if !ascii {
		return foldUnicode(string(buf))
	}
	if form := string(buf); len(form) < 2 || !stopWords[form] || !allCapitals(word) {
		return form
	}
	return dotted(buf)
}

// allCapitals tells the acronyms "US", "IT" and "WHO" from the small words they look like.
func allCapitals(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'A' || c > 'Z') && c != '.' {
			return false
		}
	}
	return true
}

// dotted keeps such an acronym apart: "u.s".
func dotted(letters []byte) string {
	out := make([]byte, 0, 2*len(letters))
	for i, c := range letters {
		if i > 0 {
			out = append(out, '.')
		}
		out = append(out, c)
	}
	return string(out)
}

func foldUnicode(word string) string {
	out := make([]rune, 0, 32)
	for _, r := range norm.NFKD.String(word) {
		r = unicode.ToLower(r)
		switch s := special[r]; {
		case s != "":
			out = append(out, []rune(s)...)
		case !unicode.Is(unicode.Mn, r) && !unicode.IsSpace(r):
			out = append(out, r)
		}
	}
	return string(out)
}
