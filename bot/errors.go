package bot

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

// FatalError is what no restart can mend. Its text is for the operator: it names the setting
// and where it is found.
type FatalError struct{ text string }

// Error is the text.
func (e *FatalError) Error() string { return e.text }

const portal = "https://discord.com/developers/applications"

// fatalClose is the error for a close code of the gateway that forbids to connect again; nil for
// the other codes.
func fatalClose(code int) error {
	switch code {
	case 4004:
		return badToken("close code 4004")
	case 4010, 4011:
		return &FatalError{fmt.Sprintf("Discord wants this bot to be sharded (close code %d): it is in too many servers for one connection.", code)}
	case 4012:
		return &FatalError{"Discord no longer speaks this version of its gateway (close code 4012): please update Verbatim."}
	case 4013, 4014:
		return &FatalError{fmt.Sprintf("Discord refused the intents (close code %d): Verbatim needs no privileged ones, so please check the page Bot, Privileged Gateway Intents, at %s.", code, portal)}
	}
	return nil
}

func badToken(how string) error {
	return &FatalError{fmt.Sprintf("Discord refused the token (%s): please set DISCORD_TOKEN to the one shown after Reset Token on the page Bot at %s.", how, portal)}
}

// fatalREST makes a fatal error of a refused token.
func fatalREST(err error) error {
	var rest *discordgo.RESTError
	if errors.Is(err, discordgo.ErrUnauthorized) || errors.As(err, &rest) && rest.Response.StatusCode == http.StatusUnauthorized {
		return badToken("HTTP status 401")
	}
	return err
}

// reference is a short word that stands in a reply and in the log, to find one by the other.
func reference() string { return rand.Text()[:6] }

// troubled is what people are told when something failed on our side.
func troubled(reference string) string {
	return "Sorry, something went wrong while I looked that up. Please try again in a moment. (Reference " + reference + ")"
}
