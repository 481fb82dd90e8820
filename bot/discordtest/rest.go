package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// acknowledged is how long Discord waits for the first answer to an interaction.
const acknowledged = 3 * time.Second

func (s *Server) routes() http.Handler {
	api := http.NewServeMux()
	api.HandleFunc("GET /api/v9/gateway", s.json(func(map[string]any, *http.Request) (int, any) {
		return 200, map[string]any{"url": strings.Replace(s.http.URL, "http", "ws", 1)}
	}))
	api.HandleFunc("GET /api/v9/users/@me", s.json(func(map[string]any, *http.Request) (int, any) {
		return 200, map[string]any{"id": BotID, "username": "verbatim", "discriminator": "0", "bot": true}
	}))
	api.HandleFunc("GET /api/v9/applications/@me", s.json(func(map[string]any, *http.Request) (int, any) {
		return 200, map[string]any{"id": BotID, "interactions_endpoint_url": nil}
	}))
	api.HandleFunc("GET /api/v9/gateway/bot", s.json(func(map[string]any, *http.Request) (int, any) {
		return 200, map[string]any{"url": s.http.URL, "shards": 1, "session_start_limit": map[string]any{"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}}
	}))
	api.HandleFunc("GET /api/v9/users/@me/guilds", s.json(func(map[string]any, *http.Request) (int, any) { return 200, s.o.Guilds }))
	api.HandleFunc("GET /api/v9/applications/{app}/commands", s.json(func(map[string]any, *http.Request) (int, any) { return 200, s.commands }))
	api.HandleFunc("PUT /api/v9/applications/{app}/commands", s.json(s.overwriteCommands))
	api.HandleFunc("POST /api/v9/interactions/{id}/{token}/callback", s.json(s.callback))
	api.HandleFunc("PATCH /api/v9/webhooks/{app}/{token}/messages/@original", s.json(s.amend))
	api.HandleFunc("POST /api/v9/channels/{channel}/messages", s.json(s.post))
	api.HandleFunc("GET /attachments/{id}/{name}", s.serveAttachment)
	api.HandleFunc("GET /{$}", s.serveGateway)
	api.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.t.Errorf("discordtest: there is no route %s %s", r.Method, r.URL.Path)
		w.WriteHeader(404)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.failed(w, r) {
			api.ServeHTTP(w, r)
		}
	})
}

// json makes a handler that reads and writes JSON, with the token checked. It runs under s.mu.
func (s *Server) json(f func(body map[string]any, r *http.Request) (int, any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		time.Sleep(s.o.RoundTrip / 2)
		body, err := bodyOf(r, raw)
		if err != nil {
			s.t.Errorf("discordtest: %s %s: the body cannot be read: %v", r.Method, r.URL.Path, err)
		}
		if !strings.HasPrefix(r.UserAgent(), "DiscordBot (") {
			s.t.Errorf("discordtest: %s %s: User-Agent %q", r.Method, r.URL.Path, r.UserAgent())
		}
		status, answer := s.answer(f, body, r)
		time.Sleep(s.o.RoundTrip / 2)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if answer != nil {
			_, _ = w.Write(answer)
		}
	}
}

// answer runs a handler under s.mu, where the token allows it.
func (s *Server) answer(f func(body map[string]any, r *http.Request) (int, any), body map[string]any, r *http.Request) (status int, raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.notify()
	status, answer := 401, any(map[string]any{"message": "401: Unauthorized", "code": 0})
	byToken := strings.Contains(r.URL.Path, "/interactions/") || strings.Contains(r.URL.Path, "/webhooks/")
	if byToken || !s.o.RejectToken && r.Header.Get("Authorization") == "Bot "+s.Token {
		status, answer = f(body, r)
	}
	if answer != nil {
		raw, _ = json.Marshal(answer)
	}
	return status, raw
}

func refusal(status, code int, message string) (int, any) {
	return status, map[string]any{"message": message, "code": code}
}

// overwriteCommands replaces all commands; those of a name that was there keep their IDs.
func (s *Server) overwriteCommands(body map[string]any, _ *http.Request) (int, any) {
	ids := map[string]any{}
	for _, c := range s.commands {
		ids[fmt.Sprint(c["type"], c["name"])] = c["id"]
	}
	s.writes++
	s.commands = nil
	for _, c := range listOf(body) {
		c, _ := c.(map[string]any)
		s.checkCommand(c)
		c["id"] = cmp.Or(ids[fmt.Sprint(c["type"], c["name"])], any(s.newID()))
		s.commands = append(s.commands, c)
	}
	return 200, s.commands
}

// callback is the first answer to an interaction, which there may be only one of.
func (s *Server) callback(body map[string]any, r *http.Request) (int, any) {
	i := s.pending[r.PathValue("token")]
	switch {
	case i == nil || i.ID != r.PathValue("id"):
		return refusal(404, 10062, "Unknown interaction")
	case i.answered && !i.Faulted:
		s.t.Errorf("discordtest: %s was answered twice", i.Name)
		fallthrough
	case i.answered:
		return refusal(400, 40060, "Interaction has already been acknowledged")
	case time.Since(i.sent) > acknowledged:
		i.Late = true
		return refusal(404, 10062, "Unknown interaction")
	}
	i.answered = true
	i.First = time.Since(i.sent)
	i.Type, _ = body["type"].(float64)
	i.Data, _ = body["data"].(map[string]any)
	i.thinking = i.Type == 5 || i.Type == 6
	i.Files = filesOf(body)
	s.checkCallback(i)
	return 204, nil
}

func (s *Server) amend(body map[string]any, r *http.Request) (int, any) {
	i := s.pending[r.PathValue("token")]
	if i == nil || !i.answered {
		return refusal(404, 10015, "Unknown Webhook")
	}
	i.Shown = append(i.Shown, i.Content())
	if flags, _ := body["flags"].(float64); i.Ephemeral() {
		body["flags"] = flags + flagEphemeral // whom a message is for does not change
	}
	i.Data, i.Files, i.thinking = body, filesOf(body), false
	s.checkMessage(i.Name, body)
	return 200, map[string]any{"id": s.newID(), "channel_id": ChannelID}
}

func (s *Server) post(body map[string]any, r *http.Request) (int, any) {
	s.checkMessage("a message", body)
	s.messages = append(s.messages, Message{r.PathValue("channel"), body, time.Now()})
	return 200, map[string]any{"id": s.newID(), "channel_id": r.PathValue("channel")}
}

// Commands returns the registered commands by name, and how often they were written.
func (s *Server) Commands() (byName map[string]map[string]any, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	byName = map[string]map[string]any{}
	for _, c := range s.commands {
		byName[c["name"].(string)] = c
	}
	return byName, s.writes
}

// AlterCommand changes a registered command behind the bot's back.
func (s *Server) AlterCommand(name, key string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.commands {
		if c["name"] == name {
			c[key] = value
		}
	}
}
