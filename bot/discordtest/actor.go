package discordtest

import (
	"cmp"
	"strconv"
	"strings"
)

// ManageServer is the permission that moderators have.
const ManageServer = 1 << 5

// Actor is somebody in a server. The zero value is UserID in GuildID, who has no rights.
type Actor struct {
	ID          string
	Guild       string
	Permissions int64
	Roles       []string
	Direct      bool // writes to the bot directly, not in a server
}

// SlashAs lets somebody use a command, or a subcommand such as "library add", and waits for the
// answer.
func (s *Server) SlashAs(a Actor, command string, args Args) *Interaction {
	s.t.Helper()
	return s.Answered(s.SendAs(a, command, args))
}

// SendAs lets somebody use a command and does not wait for the answer.
func (s *Server) SendAs(a Actor, command string, args Args) *Interaction {
	data := map[string]any{"id": "1", "type": 1}
	list := nest(data, command, options(args, ""))
	attachments := map[string]any{}
	for _, v := range args {
		if file, ok := v.(*Attachment); ok {
			attachments[file.ID] = file.json()
		}
	}
	data["options"], data["resolved"] = list, map[string]any{"attachments": attachments}
	return s.Send(typeCommand, "/"+command, cmp.Or(a.Guild, GuildID), a.event(data))
}

// CompleteAs lets somebody type into an option of a command or subcommand.
func (s *Server) CompleteAs(a Actor, command, option, typed string) *Interaction {
	s.t.Helper()
	data := map[string]any{"id": "1", "type": 1}
	data["options"] = nest(data, command, options(Args{option: typed}, option))
	return s.interact(typeComplete, "/"+command, cmp.Or(a.Guild, GuildID), a.event(data))
}

// OnMessageAs lets somebody use the command of a message with attachments.
func (s *Server) OnMessageAs(a Actor, name string, m map[string]any, files ...*Attachment) *Interaction {
	s.t.Helper()
	attached := []any{}
	for _, f := range files {
		attached = append(attached, f.json())
	}
	m["id"], m["attachments"] = "9", attached
	return s.interact(typeCommand, name, cmp.Or(a.Guild, GuildID), a.event(map[string]any{"id": "1", "name": name, "type": 3, "target_id": "9",
		"resolved": map[string]any{"messages": map[string]any{"9": m}}}))
}

// PressAs lets somebody press a button of a message that only he sees.
func (s *Server) PressAs(a Actor, customID string) *Interaction {
	s.t.Helper()
	event := a.event(map[string]any{"custom_id": customID, "component_type": 2})
	event["message"] = map[string]any{"id": "9", "channel_id": ChannelID, "flags": flagEphemeral, "author": map[string]any{"id": BotID}}
	return s.interact(typeComponent, "button "+customID, cmp.Or(a.Guild, GuildID), event)
}

// nest names a command, and puts its options into its subcommand where it has one.
func nest(data map[string]any, command string, list []any) []any {
	name, sub, has := strings.Cut(command, " ")
	data["name"] = name
	if !has {
		return list
	}
	return []any{map[string]any{"name": sub, "type": 1, "options": list}}
}

// event is what the events of somebody's interactions have.
func (a Actor) event(data map[string]any) map[string]any {
	user := map[string]any{"id": cmp.Or(a.ID, UserID), "username": "alice"}
	if a.Direct {
		return map[string]any{"data": data, "guild_id": nil, "member": nil, "user": user, "channel_id": DirectID}
	}
	roles := []any{}
	for _, r := range a.Roles {
		roles = append(roles, r)
	}
	return map[string]any{"data": data, "member": map[string]any{"user": user, "roles": roles, "permissions": strconv.FormatInt(a.Permissions, 10)}}
}

// Says waits until the answer to an interaction holds a text: one that is edited, say.
func (s *Server) Says(i *Interaction, text string) *Interaction {
	s.t.Helper()
	s.Wait("“"+text+"” in the answer to "+i.Name, func() bool { return strings.Contains(i.Content(), text) })
	return i
}
