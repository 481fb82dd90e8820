package discordtest

import (
	"strconv"
	"time"
)

// Guild is a server as Discord tells the bot of it.
type Guild struct {
	ID            string
	Joined        time.Time // default: now
	SystemChannel string
	Everyone      int64 // permissions of everybody
	Roles         map[string]int64
	BotRoles      []string
	Channels      []Channel
}

// Channel is a channel of a server.
type Channel struct {
	ID, Category string
	Type         int // 0 is for text, 2 for voice, 4 a category
	Position     int
	Denied       int64 // to everybody
}

// The permissions that a bot needs in a channel.
const (
	ViewChannel  = 1 << 10
	SendMessages = 1 << 11
)

// Join tells the bot of a server that it is in.
func (s *Server) Join(g Guild) {
	if g.Joined.IsZero() {
		g.Joined = time.Now()
	}
	roles := []any{map[string]any{"id": g.ID, "name": "@everyone", "permissions": strconv.FormatInt(g.Everyone, 10)}}
	for id, permissions := range g.Roles {
		roles = append(roles, map[string]any{"id": id, "permissions": strconv.FormatInt(permissions, 10)})
	}
	channels := []any{}
	for _, c := range g.Channels {
		channel := map[string]any{"id": c.ID, "type": c.Type, "position": c.Position, "permission_overwrites": []any{
			map[string]any{"id": g.ID, "type": 0, "allow": "0", "deny": strconv.FormatInt(c.Denied, 10)}}}
		if c.Category != "" {
			channel["parent_id"] = c.Category
		}
		channels = append(channels, channel)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch("GUILD_CREATE", map[string]any{"id": g.ID, "name": "A server", "owner_id": UserID, "joined_at": g.Joined.UTC().Format(time.RFC3339Nano),
		"system_channel_id": g.SystemChannel, "roles": roles, "channels": channels,
		"members": []any{map[string]any{"user": map[string]any{"id": BotID}, "roles": g.BotRoles, "joined_at": g.Joined.UTC().Format(time.RFC3339Nano)}}})
}

// Leave tells the bot that a server is gone: it was removed from it, or the server is
// unavailable for a while.
func (s *Server) Leave(id string, unavailable bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	event := map[string]any{"id": id}
	if unavailable {
		event["unavailable"] = true
	}
	s.dispatch("GUILD_DELETE", event)
}
