package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/semaphore"

	"verbatim/corpus"
)

const (
	// mostFile is how large a file may be: as much as package reader takes.
	mostFile = 32 << 20
	// mostHeld is how many bytes of files are in memory at once, whoever sent them; others
	// wait.
	mostHeld = mostFile
	// downloadTime is for one file.
	downloadTime = 2 * time.Minute
)

// cdn is where Discord keeps what people attach.
var cdn = []string{"cdn.discordapp.com", "media.discordapp.net"}

// downloads fetches what people attach, from Discord's own hosts only, which follow no
// redirects and get no token.
type downloads struct {
	api    *url.URL
	client *http.Client
	room   *semaphore.Weighted // bytes
}

func newDownloads(api *url.URL) *downloads {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // a file is as large as Discord said
	transport.ResponseHeaderTimeout = requestTimeout
	return &downloads{api: api, room: semaphore.NewWeighted(mostHeld), client: &http.Client{
		Transport: transport, Timeout: downloadTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// get is the content of an attachment. Errors of type [corpus.Refusal] are for people.
func (d *downloads) get(ctx context.Context, a *discordgo.MessageAttachment) ([]byte, error) {
	switch {
	case !d.trusts(a.URL):
		return nil, corpus.Refuse("%q does not lie with Discord; please attach the file itself.", a.Filename)
	case a.Size > mostFile:
		return nil, corpus.Refuse("%q is larger than %d MB; please split it.", a.Filename, mostFile>>20)
	case a.Size <= 0:
		return nil, corpus.Refuse("%q is empty.", a.Filename)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.URL, nil)
	if err != nil {
		return nil, errors.New("the address of an attachment cannot be read")
	}
	r.Header.Set("User-Agent", userAgent)
	resp, err := d.client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("fetching an attachment: %w", withoutAddress(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetching an attachment: HTTP status %d", resp.StatusCode)
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, int64(a.Size)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading an attachment: %w", err)
	case len(raw) != a.Size:
		return nil, corpus.Refuse("%q is not as large as Discord says; please attach it again.", a.Filename)
	}
	return raw, nil
}

// trusts reports whether an address is one of Discord's, or of what stands in its place.
func (d *downloads) trusts(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	return u.Scheme == "https" && slices.Contains(cdn, u.Host) || u.Scheme == d.api.Scheme && u.Host == d.api.Host
}
