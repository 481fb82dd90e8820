package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

const (
	manageServer = discordgo.PermissionManageGuild
	// askStory is the command on a message.
	askStory = "Ask the story"
)

var (
	everywhere  = []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	serversOnly = []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	installed   = []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
)

// commands are those that the bot offers; pages tells that it fetches web pages.
func commands(pages bool) []*discordgo.ApplicationCommand {
	about := "What it is about, in a few words"
	list := []*discordgo.ApplicationCommand{
		slash("ask", "Ask the story a question", text("question", "Your question, in plain words", corpus.MaxQuestion), optional(completed(text("story", "Only this story", 100))),
			&discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionBoolean, Name: "private", Description: "Show the answer to you alone"}),
		slash("who", "Who is somebody in the story?", completed(text("name", "The name", 100))),
		slash("what", "What is something in the story?", text("about", about, corpus.MaxQuestion)),
		slash("when", "When did something happen in the story?", text("about", about, corpus.MaxQuestion)),
		slash("where", "Where did something happen in the story?", text("about", about, corpus.MaxQuestion)),
		slash("why", "Why did something happen in the story?", text("about", about, corpus.MaxQuestion)),
		slash("quote", "Find words in the story", text("words", "Words as they stand there", corpus.MaxQuestion)),
		slash("stories", "List the stories that I answer from"),
		slash("help", "How to ask, with three questions to try"),
		{Type: discordgo.MessageApplicationCommand, Name: askStory, Contexts: &everywhere, IntegrationTypes: &installed},
	}
	return append(list, libraryCommands(pages)...)
}

func slash(name, description string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	return &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: name, Description: description, Options: options, Contexts: &everywhere, IntegrationTypes: &installed}
}

func text(name, description string, most int) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: name, Description: description, Required: true, MaxLength: most}
}

func optional(o *discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o.Required = false
	return o
}

func completed(o *discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o.Autocomplete = true
	return o
}

// register makes Discord's list of commands the same as ours, in one request, and returns how many
// differed: none at most starts, and then nothing is written.
func (b *Bot) register(ctx context.Context, s *discordgo.Session, application string) (differed int, err error) {
	there, err := s.ApplicationCommands(application, "", discordgo.WithContext(ctx))
	if err != nil {
		return 0, fatalREST(err)
	}
	ours := commands(b.fetcher != nil)
	if differed = differing(there, ours); differed == 0 {
		return 0, nil
	}
	if _, err := s.ApplicationCommandBulkOverwrite(application, "", ours, discordgo.WithContext(ctx)); err != nil {
		return 0, fmt.Errorf("writing them: %w", err)
	}
	return differed, nil
}

// differing counts the commands that are not the same in two lists, or only in one of them.
func differing(there, ours []*discordgo.ApplicationCommand) (n int) {
	left := map[string]*discordgo.ApplicationCommand{}
	for _, c := range there {
		left[key(c)] = c
	}
	for _, c := range ours {
		if old := left[key(c)]; old == nil || !same(old, c) {
			n++
		}
		delete(left, key(c))
	}
	return n + len(left)
}

func key(c *discordgo.ApplicationCommand) string { return fmt.Sprint(max(1, c.Type), "/", c.Name) }

// same reports whether two commands are alike in what we set; Discord adds fields of its own and
// leaves out those that are false or empty.
func same(a, b *discordgo.ApplicationCommand) bool {
	return reflect.DeepEqual(essence(a), essence(b))
}

// essence is a command as JSON without what is not ours to set.
func essence(c *discordgo.ApplicationCommand) any {
	raw, err := json.Marshal(c)
	if err != nil {
		return c // differs, and is written again
	}
	v := map[string]any{}
	_ = json.Unmarshal(raw, &v) // just written
	for _, theirs := range []string{"id", "application_id", "guild_id", "version", "default_permission", "dm_permission", "nsfw"} {
		delete(v, theirs)
	}
	return pruned(v)
}

// pruned drops nulls, false and empty lists.
func pruned(v any) any {
	switch x := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, y := range x {
			if y = pruned(y); y != nil && y != false && y != "" {
				out[k] = y
			}
		}
		return out
	case []any:
		var out []any
		for _, y := range x {
			out = append(out, pruned(y))
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return v
}
