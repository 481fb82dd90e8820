package reader

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"verbatim/corpus"
)

// decode turns a file's bytes into text: by its byte-order mark, as UTF-8, else by guessing the
// encoding. What is no text is refused.
func decode(name string, raw []byte) (string, error) {
	base := filepath.Base(name)
	switch {
	case len(raw) > MaxBytes:
		return "", refuse("%q is larger than %d MB; please split it.", base, MaxBytes>>20)
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		decoded, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return "", refuse("%q is damaged: it claims to be UTF-16 but is not; please save it as UTF-8.", base)
		}
		return string(decoded), nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return "", refuse("%q is empty.", base)
	case bytes.IndexByte(raw, 0) >= 0 || !strings.HasPrefix(mimetype.Detect(raw).String(), "text/") && !utf8.Valid(raw):
		return "", refuse("%q is no text file (%s); please give plain text or Markdown.", base, kindOf(raw))
	case utf8.Valid(raw):
		return string(raw), nil
	}
	return guess(base, raw)
}

func kindOf(raw []byte) string {
	kind := mimetype.Detect(raw).String()
	kind, _, _ = strings.Cut(kind, ";")
	if kind == "application/octet-stream" || kind == "text/plain" {
		return "binary data"
	}
	return kind
}

// sure is how sure, in percent, the guess of an encoding must be.
const sure = 30

// guess decodes a text in one of the encodings from before UTF-8.
func guess(base string, raw []byte) (string, error) {
	found, err := chardet.NewTextDetector().DetectBest(raw)
	if err != nil || found.Confidence < sure || looksBinary(raw) {
		return "", refuse("%q is in an encoding that I cannot tell; please save it as UTF-8.", base)
	}
	encoding, _ := charset.Lookup(found.Charset)
	if encoding == nil {
		return "", refuse("%q is in the encoding %s, which I cannot read; please save it as UTF-8.", base, found.Charset)
	}
	decoded, err := encoding.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", refuse("%q is damaged: it is not quite %s; please save it as UTF-8.", base, found.Charset)
	}
	return string(decoded), nil
}

// looksBinary reports whether more than one byte in a hundred is a control character.
func looksBinary(raw []byte) bool {
	controls := 0
	for _, c := range raw {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			controls++
		}
	}
	return 100*controls > len(raw)
}

// frontMatter reads the title and author from between two lines of "---" at the top of a text,
// and returns where the text begins after it; 0 where there is none.
func frontMatter(text string, meta *corpus.Meta) int {
	first, _, found := strings.Cut(text, "\n")
	if !found || strings.TrimSpace(first) != "---" {
		return 0
	}
	at, matter := len(first)+1, *meta
	for at < len(text) {
		l, _, _ := strings.Cut(text[at:], "\n")
		at = min(at+len(l)+1, len(text))
		if mark := strings.TrimSpace(l); mark == "---" || mark == "..." {
			*meta = matter
			return at
		}
		key, value, ok := strings.Cut(l, ":")
		if !ok && strings.TrimSpace(l) != "" && !strings.HasPrefix(l, " ") && !strings.HasPrefix(l, "-") {
			return 0 // a rule, and no front matter
		}
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "title":
			matter.Title = value
		case "author":
			matter.Author = value
		}
	}
	return 0
}
