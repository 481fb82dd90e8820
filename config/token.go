package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
)

// Portal is where a bot gets its token.
const Portal = "https://discord.com/developers/applications"

// Token is the secret that a bot signs in with. However it is printed, logged or encoded,
// it does not show; only [Token.Secret] gives it away.
type Token struct{ secret string }

const redacted = "[redacted]"

// NewToken wraps a secret, for tests and for [LoadToken].
func NewToken(secret string) Token { return Token{secret} }

// Secret is the token itself.
func (t Token) Secret() string { return t.secret }

// String does not show the token.
func (Token) String() string { return redacted }

// Format does not show the token, whatever the verb.
func (Token) Format(f fmt.State, _ rune) { fmt.Fprint(f, redacted) }

// LogValue does not show the token.
func (Token) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText does not show the token, in JSON neither.
func (Token) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// TokenError says why there is no token to sign in with. A restart does not mend it.
type TokenError struct{ Problem string }

func (e *TokenError) Error() string { return e.Problem }

// TokenFile is the file to read the token from, as container secrets come.
func TokenFile() Setting {
	return Setting{
		Variable: "DISCORD_TOKEN_FILE", Flag: "token-file", Default: "none",
		Usage: "file that holds the token, instead of DISCORD_TOKEN",
	}
}

// LoadToken takes the token as it is (the value of DISCORD_TOKEN) or from a file; one of
// them is empty. Its error is a [*TokenError], which never shows what was read.
func LoadToken(value, file string) (Token, error) {
	name := "DISCORD_TOKEN"
	switch {
	case value != "" && file != "":
		return Token{}, &TokenError{"DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set: set one of them"}
	case file != "":
		name = "DISCORD_TOKEN_FILE"
		raw, err := os.ReadFile(file)
		if err != nil {
			return Token{}, &TokenError{fmt.Sprintf("DISCORD_TOKEN_FILE (or --token-file) is %s, which cannot be read: %v", quote(file), cause(err))}
		}
		value = string(raw)
	}
	value = strings.TrimSpace(value)
	if value == "" {
		return Token{}, &TokenError{name + " is empty: a bot's token is made on the page Bot of your application at " + Portal}
	}
	if problem := malformed(value); problem != "" {
		return Token{}, &TokenError{name + " " + problem + ": copy the token from the page Bot of your application at " + Portal}
	}
	return Token{value}, nil
}

// malformed says what is obviously wrong with a token: Discord's have three parts with
// points between them, the first of which is the bot's number in base64.
func malformed(token string) string {
	parts := strings.Split(token, ".")
	switch {
	case strings.HasPrefix(token, "Bot "):
		return `starts with "Bot ", which does not belong to the token`
	case strings.ContainsAny(token, "\"'"):
		return "holds quotation marks, which do not belong to the token"
	case strings.ContainsAny(token, " \t\r\n"):
		return "holds white space, which no token does"
	case len(parts) != 3 || parts[1] == "" || parts[2] == "":
		return "is no bot token, which has three parts with points between them (an application's ID, public key or client secret is not one)"
	}
	id, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[0], "="))
	if err != nil || strings.Trim(string(id), "0123456789") != "" {
		return "is no bot token: its first part is no bot's number"
	}
	return ""
}

// cause is an error without the name of the file, which the message has already.
func cause(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}
