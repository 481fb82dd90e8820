// Package web fetches a page whose address a person gave.
//
// The address is not trusted: a [Fetcher] connects to public addresses only, on ports 80 and
// 443, and decides that at each connection, so that neither a redirect nor a name that changes
// its address leads into the network it runs in. What it fetches is for the package reader.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/doyensec/safeurl"
	"golang.org/x/net/html/charset"

	"verbatim/corpus"
)

// The limits of a fetch.
const (
	MaxBytes = 10 << 20
	MaxTime  = 20 * time.Second
)

// Fetcher fetches web pages.
type Fetcher struct {
	client *safeurl.WrappedClient
	most   int64 // bytes
}

// New makes a Fetcher.
func New() *Fetcher { return newFetcher(MaxTime, nil, 80, 443) }

// newFetcher makes one for a test's server, if there are such addresses and ports.
func newFetcher(limit time.Duration, only []string, ports ...int) *Fetcher {
	c := safeurl.GetConfigBuilder().SetTimeout(limit).EnableIPv6(true).
		SetAllowedSchemes("http", "https").SetAllowedPorts(ports...)
	if only != nil {
		c.SetAllowedIPs(only...)
	}
	return &Fetcher{client: safeurl.Client(c.Build()), most: MaxBytes}
}

// Fetch returns a page: the address where it was found in the end, and its content. A text that
// says which encoding it has is turned into UTF-8. Where it cannot be had, the error is a
// [corpus.Refusal].
func (f *Fetcher) Fetch(ctx context.Context, address string) (name string, raw []byte, err error) {
	request, err := requestFor(ctx, address)
	if err != nil {
		return "", nil, err
	}
	response, err := f.client.Do(request)
	if err != nil {
		return "", nil, refusal(request.URL, err)
	}
	defer response.Body.Close()
	if err := check(response); err != nil {
		return "", nil, err
	}
	raw, err = io.ReadAll(io.LimitReader(response.Body, f.most+1))
	if err != nil {
		return "", nil, refusal(request.URL, err)
	}
	if int64(len(raw)) > f.most {
		return "", nil, corpus.Refuse("The page is larger than %d MB; please attach a part of it as a file.", MaxBytes>>20)
	}
	return response.Request.URL.String(), decode(raw, response.Header.Get("Content-Type")), nil
}

func requestFor(ctx context.Context, address string) (*http.Request, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, corpus.Refuse("%q is no address of a web page; please give one that begins with https://.", short(address))
	}
	u.Fragment = ""
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, corpus.Refuse("%q is no address of a web page; please give one that begins with https://.", short(address))
	}
	request.Header.Set("User-Agent", "Verbatim (a person asked for this page)")
	request.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain, application/pdf;q=0.9, */*;q=0.5")
	request.Header.Set("Accept-Language", "en")
	return request, nil
}

// types are the beginnings of the content types that may hold a story.
var types = []string{
	"text/", "application/xhtml+xml", "application/pdf", "application/epub+zip", "application/octet-stream",
	"application/vnd.openxmlformats-officedocument.wordprocessingml", "application/vnd.oasis.opendocument.text",
}

// check refuses an answer that holds no story.
func check(response *http.Response) error {
	host := response.Request.URL.Host
	switch code := response.StatusCode; {
	case code == http.StatusNotFound, code == http.StatusGone:
		return corpus.Refuse("%s has no such page (%d); please check the address.", host, code)
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusPaymentRequired:
		return corpus.Refuse("%s does not let me read that page (%d); please save it and attach the file.", host, code)
	case code < 200 || code > 299:
		return corpus.Refuse("%s did not give me the page (%d); please try again later, or attach it as a file.", host, code)
	}
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if kind == "" {
		return nil // the reader looks at the content anyway
	}
	for _, t := range types {
		if strings.HasPrefix(kind, t) {
			return nil
		}
	}
	return corpus.Refuse("What is at that address is %s; I read pages, text, PDF, DOCX, ODT and EPUB.", kind)
}

// decode turns a text into UTF-8 where only the server says which encoding it has.
func decode(raw []byte, contentType string) []byte {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || parameters["charset"] == "" || utf8.Valid(raw) {
		return raw
	}
	encoding, _ := charset.Lookup(parameters["charset"])
	if encoding == nil {
		return raw
	}
	decoded, err := encoding.NewDecoder().Bytes(raw)
	if err != nil {
		return raw
	}
	return decoded
}

// refusal says why a page could not be fetched.
func refusal(u *url.URL, err error) error {
	var (
		ip     *safeurl.AllowedIPError
		port   *safeurl.AllowedPortError
		scheme *safeurl.AllowedSchemeError
		login  *safeurl.SendingCredentialsBlockedError
		dns    *net.DNSError
		slow   net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &ip), errors.As(err, &port), errors.As(err, &scheme):
		return corpus.Refuse("That address leads into a private network or to an unusual port, where I do not go; please attach the page as a file.")
	case errors.As(err, &login):
		return corpus.Refuse("That address holds a name or password; please give it without.")
	case errors.As(err, &dns) && dns.IsNotFound:
		return corpus.Refuse("There is no server called %s; please check the address.", short(u.Hostname()))
	case errors.As(err, &slow) && slow.Timeout():
		return corpus.Refuse("%s did not answer in time; please try again later, or attach the page as a file.", short(u.Hostname()))
	}
	return fmt.Errorf("%w (%w)", corpus.Refuse("%s cannot be reached; please try again later, or attach the page as a file.", short(u.Hostname())), err)
}

// short cuts what is repeated to people.
func short(s string) string {
	const most = 80 // characters
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
