package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbatim/corpus"
)

// site answers on 127.0.0.1; the Fetcher may go there and nowhere else.
func site(t *testing.T) (*httptest.Server, *Fetcher) {
	t.Helper()
	mux := http.NewServeMux()
	page := func(kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write([]byte(body))
		}
	}
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	mux.HandleFunc("/page", page("text/html; charset=utf-8", "<p>The café is open."))
	mux.HandleFunc("/latin", page("text/html; charset=iso-8859-1", "<p>The caf\xe9 is open."))
	mux.HandleFunc("/moved", redirect("/page"))
	mux.HandleFunc("/round", redirect("/round"))
	mux.HandleFunc("/inside", redirect("http://127.0.0.2/secret"))
	mux.HandleFunc("/metadata", redirect("http://169.254.169.254/latest"))
	mux.HandleFunc("/name", redirect("http://localhost:1/secret"))
	mux.HandleFunc("/file", redirect("file:///etc/passwd"))
	mux.HandleFunc("/picture", page("image/png", "\x89PNG"))
	mux.HandleFunc("/login", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	mux.HandleFunc("/large", page("text/plain", strings.Repeat("a", 1<<12)))
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	f := newFetcher(2*time.Second, []string{"127.0.0.1"}, n, 80)
	f.most = 1 << 10
	return server, f
}

func TestFetch(t *testing.T) {
	t.Parallel()
	server, f := site(t)
	for _, path := range []string{"/page", "/latin", "/moved", "/page#part"} {
		name, raw, err := f.Fetch(t.Context(), " "+server.URL+path)
		if err != nil || string(raw) != "<p>The café is open." || strings.Contains(name, "moved") || strings.Contains(name, "#") {
			t.Errorf("%s: %q, %q, %v", path, name, raw, err)
		}
	}
}

func TestFetch_refuses_in_one_sentence(t *testing.T) {
	t.Parallel()
	server, f := site(t)
	for address, want := range map[string]string{
		server.URL + "/nothing":  "no such page",
		server.URL + "/login":    "does not let me",
		server.URL + "/broken":   "500",
		server.URL + "/picture":  "image/png",
		server.URL + "/large":    "larger",
		server.URL + "/slow":     "in time",
		server.URL + "/round":    "cannot be reached",
		server.URL + "/inside":   "private network",
		server.URL + "/metadata": "private network",
		server.URL + "/name":     "private network",
		server.URL + "/file":     "cannot be reached",
		strings.Replace(server.URL, "http://", "http://user:word@", 1) + "/page": "password",
		"file:///etc/passwd":                   "begins with https",
		"not an address":                       "begins with https",
		"https://":                             "begins with https",
		"gopher://" + strings.Repeat("a", 500): "begins with https",
	} {
		_, _, err := f.Fetch(t.Context(), address)
		isRefusal(t, address, err, want)
	}
}

func TestNew_stays_out_of_private_networks(t *testing.T) {
	t.Parallel()
	f := New()
	for _, address := range []string{
		"http://127.0.0.1/", "http://localhost/", "http://0.0.0.0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
		"http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://[fd00::1]/", "http://127.0.0.1:8080/",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, _, err := f.Fetch(ctx, address)
		cancel()
		var refused *corpus.Refusal
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func isRefusal(t *testing.T, address string, err error, want string) {
	t.Helper()
	var refused *corpus.Refusal
	if !errors.As(err, &refused) {
		t.Errorf("%s: %v", address, err)
		return
	}
	if s := refused.Error(); !strings.Contains(s, want) || strings.Contains(s, "\n") || !strings.HasSuffix(s, ".") || len(s) > 250 {
		t.Errorf("%s: %q", address, s)
	}
}
