package main

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"verbatim/config"
)

// redactor takes secrets out of all that is written through it: the bot's token, and the
// tokens of interactions, which for fifteen minutes are enough to speak as the bot. It
// sees whole log lines, since each handler of slog writes a line at once; so no attribute,
// message or wrapped error gets past it.
type redactor struct {
	out     io.Writer
	secrets [][]byte
}

// newRedactor hides a token, and its last part alone, which is the secret in it.
func newRedactor(out io.Writer, token config.Token) *redactor {
	r := &redactor{out: out}
	if whole := token.Secret(); whole != "" {
		r.secrets = [][]byte{[]byte(whole), []byte(whole[strings.LastIndex(whole, ".")+1:])}
	}
	return r
}

var (
	// tokenInPath finds the token in the address of an interaction's callback or webhook.
	tokenInPath = regexp.MustCompile(`((?:interactions|webhooks)/\d+/)[\w.~%-]{16,}`)
	// tokenInBody finds it in a logged event, with its quotes escaped or not.
	tokenInBody = regexp.MustCompile(`(\\*"token\\*":\s*\\*")[^"\\]+`)
)

const hidden = "[redacted]"

func (r *redactor) Write(p []byte) (int, error) {
	line := p
	for _, secret := range r.secrets {
		line = bytes.ReplaceAll(line, secret, []byte(hidden))
	}
	line = tokenInPath.ReplaceAll(line, []byte("${1}"+hidden))
	line = tokenInBody.ReplaceAll(line, []byte("${1}"+hidden))
	if _, err := r.out.Write(line); err != nil {
		return 0, err
	}
	return len(p), nil
}
