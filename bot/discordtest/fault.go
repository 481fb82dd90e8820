package discordtest

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Fault is how requests fail.
type Fault struct {
	Route  string // the requests whose "METHOD path" holds it
	Times  int    // how many of them
	Status int    // the HTTP status; HangUp and Hang are none
	Header http.Header
	Body   string // default: an error in JSON
}

// What can happen to a request instead of an HTTP status.
const (
	HangUp = 0  // the connection is cut without an answer
	Hang   = -1 // no answer comes until the bot gives up
)

// FailNext lets the next requests whose "METHOD path" holds route fail with an HTTP status, and
// with a Retry-After in seconds if it is not empty.
func (s *Server) FailNext(route string, times, status int, retryAfter string) {
	f := Fault{Route: route, Times: times, Status: status, Header: http.Header{}}
	if retryAfter != "" {
		f.Header.Set("Retry-After", retryAfter)
		f.Body = `{"message": "You are being rate limited.", "retry_after": ` + retryAfter + `, "global": false}`
	}
	s.Inject(f)
}

// Inject lets the next requests of a route fail.
func (s *Server) Inject(f Fault) {
	if f.Body == "" {
		f.Body = `{"message": "injected", "code": 0}`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// ClearFaults takes back those that no request has met yet.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// failed answers a request by a fault, if one waits for it.
func (s *Server) failed(w http.ResponseWriter, r *http.Request) bool {
	f := s.faultFor(r)
	switch {
	case f == nil:
		return false
	case f.Status == HangUp:
		panic(http.ErrAbortHandler)
	case f.Status == Hang:
		_, _ = io.Copy(io.Discard, r.Body) // only then is it noticed that the bot gives up
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
	for name, values := range f.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body))
	return true
}

func (s *Server) faultFor(r *http.Request) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	route := r.Method + " " + r.URL.Path
	s.requests[withoutIDs.ReplaceAllString(route, "/{}")]++
	defer s.notify()
	i := slices.IndexFunc(s.faults, func(f *Fault) bool { return strings.Contains(route, f.Route) })
	if i < 0 {
		return nil
	}
	f := s.faults[i]
	if f.Times--; f.Times <= 0 {
		s.faults = slices.Delete(s.faults, i, i+1)
	}
	for token, i := range s.pending {
		i.Faulted = i.Faulted || strings.Contains(route, token)
	}
	return f
}

// withoutIDs finds the IDs and tokens in a path.
var withoutIDs = regexp.MustCompile(`/[^/]*\d{5}[^/]*`)

// Requests is how many requests came whose "METHOD path" holds route, such as "/callback".
func (s *Server) Requests(route string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for r, times := range s.requests {
		if strings.Contains(r, route) {
			n += times
		}
	}
	return n
}
