package reader

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// decode turns a file's bytes into text: by its byte-order mark, as UTF-8, else by guessing the
// encoding. What is no text is a fault.
func decode(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		decoded, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return "", fault("is damaged: it claims to be UTF-16 but is not; please save it as UTF-8.")
		}
		return string(decoded), nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if order, ok := unmarkedUTF16(raw); ok {
		decoded, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(raw)
		if err == nil && !bytes.ContainsRune(decoded, utf8.RuneError) && !looksBinary(decoded) {
			return string(decoded), nil
		}
	}
	switch {
	case bytes.IndexByte(raw, 0) >= 0 || !strings.HasPrefix(mimetype.Detect(raw).String(), "text/") && !utf8.Valid(raw):
		return "", unreadable(raw)
	case utf8.Valid(raw):
		return string(raw), nil
	}
	return guess(raw)
}

// unmarkedUTF16 tells UTF-16 without a byte-order mark by its zeros: of a text in Latin letters
// nearly every other byte is one.
func unmarkedUTF16(raw []byte) (order unicode.Endianness, ok bool) {
	const enough = 1 << 12 // bytes
	sample := raw[:min(len(raw), enough)&^1]
	var zeros [2]int
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case len(raw)%2 == 1 || half == 0:
		return unicode.BigEndian, false
	case zeros[0] > half*3/4 && zeros[1] == 0:
		return unicode.BigEndian, true
	case zeros[1] > half*3/4 && zeros[0] == 0:
		return unicode.LittleEndian, true
	}
	return unicode.BigEndian, false
}

// sure is how sure, in percent, the guess of an encoding must be.
const sure = 30

// guess decodes a text in one of the encodings from before UTF-8.
func guess(raw []byte) (string, error) {
	found, err := chardet.NewTextDetector().DetectBest(raw)
	if err != nil || found.Confidence < sure || looksBinary(raw) {
		return "", fault("is in an encoding that I cannot tell; please save it as UTF-8.")
	}
	encoding, _ := charset.Lookup(found.Charset)
	if encoding == nil {
		return "", fault("is in the encoding " + found.Charset + ", which I cannot read; please save it as UTF-8.")
	}
	decoded, err := encoding.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", fault("is damaged: it is not quite " + found.Charset + "; please save it as UTF-8.")
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
