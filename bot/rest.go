package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// callbackTime is how long after an interaction its answer may still be sent: Discord
	// waits three seconds from when it sent it.
	callbackTime = 2500 * time.Millisecond
	// uploadTime is how long one try may take that carries a file of up to mostUpload.
	uploadTime = time.Minute
	// attempts is how often an answer is sent at most.
	attempts = 5
	// retryPause is before a second attempt where Discord names no time; it doubles each time.
	retryPause = 150 * time.Millisecond
)

// call is a request to Discord's REST API.
type call struct {
	method, path string
	channel      string        // whose limits hold; empty where none do
	try          time.Duration // how long one attempt may take
	byToken      bool          // the path holds an interaction's token, which is all it takes
	once         bool          // Discord takes it once, so that it may be sent again after it hung
}

// respond sends the first answer to an interaction, again if Discord is unwell or asks to wait,
// while there is time. It does not go through discordgo, which keeps a rate limit bucket for
// each interaction for ever (its issue 1333).
func (b *Bot) respond(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error {
	ctx, cancel := context.WithTimeout(ctx, callbackTime)
	defer cancel()
	path := fmt.Sprintf("/api/v9/interactions/%s/%s/callback", i.ID, i.Token)
	c := call{http.MethodPost, path, "", callbackTime, true, false}
	if r.Data == nil {
		return b.send(ctx, c, r)
	}
	return b.send(ctx, c, r, r.Data.Files...)
}

// amend replaces the "thinking…" of a deferred answer, or what took its place.
func (b *Bot) amend(ctx context.Context, i *discordgo.Interaction, data *discordgo.InteractionResponseData) error {
	path := fmt.Sprintf("/api/v9/webhooks/%s/%s/messages/@original", i.AppID, i.Token)
	c := call{http.MethodPatch, path, "", requestTimeout, true, false}
	if len(data.Files) > 0 {
		c.try = uploadTime
	}
	return b.send(ctx, c, data, data.Files...)
}

// post sends a message to a channel. Discord takes one of those with the same nonce, so that
// neither a second attempt nor an event that came twice makes two.
func (b *Bot) post(ctx context.Context, channel, nonce string, m *discordgo.MessageSend) error {
	path := fmt.Sprintf("/api/v9/channels/%s/messages", channel)
	once := struct {
		*discordgo.MessageSend
		Nonce        string `json:"nonce"`
		EnforceNonce bool   `json:"enforce_nonce"`
	}{m, nonce, true}
	return b.send(ctx, call{http.MethodPost, path, channel, requestTimeout, false, true}, once)
}

// send makes a request with a body and files, as often as it is of use within the time of ctx.
func (b *Bot) send(ctx context.Context, c call, body any, files ...*discordgo.File) error {
	kind, raw, err := encode(body, files)
	if err != nil {
		return fmt.Errorf("encoding an answer: %w", err)
	}
	for attempt := 1; ; attempt++ {
		wait, err := b.attempt(ctx, c, kind, raw)
		if err == nil || wait < 0 || attempt == attempts {
			return err
		}
		if wait == 0 {
			wait = retryPause<<(attempt-1) + rand.N(retryPause/3)
		}
		if sleep(ctx, wait) != nil {
			return err
		}
	}
}

// encode writes a body as JSON, or, with files beside it, as a form.
func encode(body any, files []*discordgo.File) (kind string, raw []byte, err error) {
	if len(files) > 0 {
		return discordgo.MultipartBodyWithJSON(body, files)
	}
	raw, err = json.Marshal(body)
	return "application/json", raw, err
}

// attempt makes one request. Where it fails, it tells how long to wait before another: 0 where
// that is ours to choose, negative where another is of no use. Errors do not hold the path.
func (b *Bot) attempt(ctx context.Context, c call, kind string, raw []byte) (wait time.Duration, err error) {
	if c.channel != "" {
		if err := b.limits.wait(ctx, c.channel); err != nil {
			return -1, fmt.Errorf("waiting for a rate limit: %w", err)
		}
	}
	try, cancel := context.WithTimeout(ctx, c.try)
	defer cancel()
	r, err := http.NewRequestWithContext(try, c.method, defaultAPI+c.path, bytes.NewReader(raw))
	if err != nil {
		return -1, errors.New("making a request failed")
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("User-Agent", userAgent)
	if !c.byToken {
		r.Header.Set("Authorization", "Bot "+b.token)
	}
	resp, err := (&http.Client{Transport: b.transport}).Do(r)
	if err != nil {
		return unsent(ctx, err, c.once)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 4096)) // the status tells enough
	if c.channel != "" {
		b.limits.note(c.channel, resp)
	}
	return judge(resp, errorCode(text))
}

const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ")"

// Discord's codes for what happens to answers to interactions.
const (
	unknownInteraction = 10062 // it has expired
	acknowledged       = 40060 // an earlier attempt had arrived, although its answer was lost
)

// errLate says that Discord has stopped waiting for an answer.
var errLate = errors.New("the interaction has expired")

// judge tells whether a request succeeded, and else whether another may.
func judge(r *http.Response, code int) (wait time.Duration, err error) {
	err = fmt.Errorf("answered by Discord with HTTP status %d, code %d", r.StatusCode, code)
	switch {
	case code == unknownInteraction:
		return -1, errLate
	case r.StatusCode < 300, code == acknowledged:
		return 0, nil
	case r.StatusCode == http.StatusTooManyRequests:
		return after(r.Header, 0), err
	case r.StatusCode >= 500:
		return 0, err
	}
	return -1, err
}

// unsent hides the address of a request that got no answer, and lets it be tried again where it
// was cut off. One that hung may have arrived, and is only where Discord takes it once.
func unsent(ctx context.Context, err error, once bool) (time.Duration, error) {
	err = fmt.Errorf("no answer from Discord: %w", withoutAddress(err))
	var open *openError
	switch {
	case errors.As(err, &open):
		return open.wait, err
	case ctx.Err() != nil, !once && errors.Is(err, context.DeadlineExceeded):
		return -1, err
	}
	return 0, err
}

// withoutAddress leaves the address out of an error: it holds a token, or opens a file to whoever
// reads it.
func withoutAddress(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// errorCode is Discord's own code in the body of an error; 0 where there is none.
func errorCode(body []byte) int {
	var e struct {
		Code int `json:"code"`
	}
	_ = json.Unmarshal(body, &e) // an HTML page has none
	return e.Code
}
