package discordtest

import (
	"cmp"
	"time"
)

// Interaction is one use of a command or button, and what the bot answered.
type Interaction struct {
	ID, Token, Name string
	Type            float64        // of the callback
	Data            map[string]any // of the callback, or of the edit that followed a deferral
	Shown           []string       // what stood there before edits
	Files           []File         // of the answer
	First           time.Duration  // from the event to the first answer, as its user sees it
	Missed          bool           // there was no session to send it to
	Late            bool           // it or its answer came after Discord had stopped waiting
	Resumed         time.Duration  // how old it was when a RESUME sent it again
	Faulted         bool           // an injected fault met its answer

	kind     int
	sent     time.Time
	answered bool
	thinking bool
}

// Content is the text of the answer.
func (i *Interaction) Content() string { c, _ := i.Data["content"].(string); return c }

// Ephemeral reports whether only the asker sees the answer.
func (i *Interaction) Ephemeral() bool {
	flags, _ := i.Data["flags"].(float64)
	return int(flags)&flagEphemeral != 0
}

// Buttons are the custom_ids of the answer's buttons by label.
func (i *Interaction) Buttons() map[string]string { return buttonsOf(i.Data) }

func buttonsOf(m map[string]any) map[string]string {
	found := map[string]string{}
	rows, _ := m["components"].([]any)
	for _, row := range rows {
		row, _ := row.(map[string]any)
		buttons, _ := row["components"].([]any)
		for _, b := range buttons {
			b, _ := b.(map[string]any)
			label, _ := b["label"].(string)
			found[label], _ = b["custom_id"].(string)
		}
	}
	return found
}

// Choices are the names that were offered.
func (i *Interaction) Choices() (names []string) {
	choices, _ := i.Data["choices"].([]any)
	for _, c := range choices {
		c, _ := c.(map[string]any)
		name, _ := c["name"].(string)
		names = append(names, name)
	}
	return names
}

// The types of interactions.
const (
	typeCommand   = 2
	typeComponent = 3
	typeComplete  = 4
)

// Args are the options of a command by name: strings, booleans, roles and attachments.
type Args map[string]any

// Role is the ID of a role, as an option.
type Role string

// Slash uses a command in the server and waits for the answer.
func (s *Server) Slash(name string, args Args) *Interaction {
	s.t.Helper()
	return s.interact(typeCommand, "/"+name, GuildID, map[string]any{"data": map[string]any{"id": "1", "name": name, "type": 1, "options": options(args, "")}})
}

// Complete types into an option of a command.
func (s *Server) Complete(name, option, typed string) *Interaction {
	s.t.Helper()
	return s.interact(typeComplete, "/"+name, GuildID, map[string]any{"data": map[string]any{"id": "1", "name": name, "type": 1, "options": options(Args{option: typed}, option)}})
}

// OnMessage uses the command of a message.
func (s *Server) OnMessage(name, content string) *Interaction {
	s.t.Helper()
	return s.interact(typeCommand, name, GuildID, map[string]any{"data": map[string]any{"id": "1", "name": name, "type": 3, "target_id": "9",
		"resolved": map[string]any{"messages": map[string]any{"9": map[string]any{"id": "9", "content": content}}}}})
}

// Press presses a button of a public message that somebody asked for.
func (s *Server) Press(customID, askedBy string) *Interaction {
	s.t.Helper()
	return s.interact(typeComponent, "button "+customID, GuildID, map[string]any{"data": map[string]any{"custom_id": customID, "component_type": 2},
		"message": map[string]any{"id": "9", "channel_id": ChannelID, "author": map[string]any{"id": BotID}, "interaction_metadata": map[string]any{"id": "8", "type": 2, "user": map[string]any{"id": askedBy}}}})
}

func options(args Args, focused string) []any {
	list := []any{}
	for name, value := range args {
		kind := 3
		switch v := value.(type) {
		case bool:
			kind = 5
		case Role:
			kind = 8
		case *Attachment:
			kind, value = 11, v.ID
		}
		list = append(list, map[string]any{"name": name, "type": kind, "value": value, "focused": name == focused})
	}
	return list
}

// interact sends an interaction and waits for its answer.
func (s *Server) interact(kind int, name, guild string, fields map[string]any) *Interaction {
	s.t.Helper()
	i := s.Send(kind, name, guild, fields)
	s.Wait("an answer to "+name, func() bool { return i.answered && !i.thinking })
	return i
}

// Send sends an interaction and does not wait.
func (s *Server) Send(kind int, name, guild string, fields map[string]any) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.newID()
	i := &Interaction{ID: id, Token: "aW50ZXJhY3Rpb24tdG9rZW4tZm9yLXRlc3Rz" + id, Name: name, Missed: s.gateway.session == "", kind: kind, sent: time.Now()}
	s.pending[i.Token] = i
	event := map[string]any{"id": i.ID, "application_id": BotID, "type": kind, "token": i.Token, "version": 1, "guild_id": guild, "channel_id": ChannelID,
		"member": map[string]any{"user": map[string]any{"id": UserID, "username": "alice"}, "permissions": "0"}}
	for k, v := range fields {
		event[k] = v
	}
	s.dispatch("INTERACTION_CREATE", event)
	s.gateway.sent[len(s.gateway.sent)-1].asked = i
	return i
}

// sentAgain notes that an interaction is sent by a RESUME, perhaps too late.
func (i *Interaction) sentAgain() {
	if i != nil && !i.answered {
		i.Resumed = time.Since(i.sent)
		i.Late = i.Late || i.Resumed > acknowledged
	}
}

// SendSlash uses a command and does not wait for the answer.
func (s *Server) SendSlash(name string, args Args) *Interaction {
	return s.Send(typeCommand, "/"+name, GuildID, map[string]any{"data": map[string]any{"id": "1", "name": name, "type": 1, "options": options(args, "")}})
}

// Look returns what has become of an interaction, and whether that is an answer.
func (s *Server) Look(i *Interaction) (now Interaction, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *i, i.answered && !i.thinking
}

// Forget lets an interaction expire.
func (s *Server) Forget(i *Interaction) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, i.Token)
}

// Answered waits for the answer to an interaction that was only sent.
func (s *Server) Answered(i *Interaction) *Interaction {
	s.t.Helper()
	s.Wait("an answer to "+i.Name, func() bool { return i.answered && !i.thinking })
	return i
}

// Said is a message of a user.
type Said struct {
	Content string
	Direct  bool           // in the channel of direct messages
	Mention bool           // of the bot
	Bot     bool           // its author is a bot
	ReplyTo map[string]any // the body of a message of the bot
	Guild   string         // default: GuildID, and ChannelID in it; else the channel has its ID
	User    string         // default: UserID
}

// Say posts a message and does not wait. It returns the message's ID, empty where there was no
// session to send it to.
func (s *Server) Say(m Said) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = s.newID()
	event := map[string]any{"id": id, "type": 0, "content": m.Content, "channel_id": ChannelID, "guild_id": GuildID,
		"author": map[string]any{"id": cmp.Or(m.User, UserID), "username": "alice", "bot": m.Bot}, "mentions": []any{}}
	if m.Guild != "" {
		event["guild_id"], event["channel_id"] = m.Guild, m.Guild
	}
	if m.Direct {
		event["channel_id"] = DirectID
		delete(event, "guild_id")
	}
	if m.Mention {
		event["mentions"] = []any{map[string]any{"id": BotID, "username": "verbatim", "bot": true}}
	}
	if m.ReplyTo != nil {
		reply := map[string]any{"id": "9", "channel_id": ChannelID, "author": map[string]any{"id": BotID, "bot": true}}
		for k, v := range m.ReplyTo {
			reply[k] = v
		}
		event["type"], event["referenced_message"] = 19, reply
	}
	s.dispatch("MESSAGE_CREATE", event)
	if s.gateway.session == "" {
		return ""
	}
	return id
}

// Messages waits until the bot has posted so many messages in channels, and returns them.
func (s *Server) Messages(n int) []Message {
	s.t.Helper()
	s.Wait("a message", func() bool { return len(s.messages) >= n })
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.messages...)
}

// TakeMessages returns the messages that were posted since it was called last.
func (s *Server) TakeMessages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	posted := s.messages
	s.messages = nil
	return posted
}
