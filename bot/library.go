package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// addToLibrary is the command on a message.
const addToLibrary = "Add to the library"

// libraryCommands are for those who keep a server's stories. Discord shows them to members with
// Manage Server, and to whom a server allows them; see mayChange.
func libraryCommands(pages bool) []*discordgo.ApplicationCommand {
	permission := int64(manageServer)
	library := slash("library", "Keep this server's own stories",
		subcommand("add", "Add stories to this server's library", addOptions(pages)...),
		subcommand("remove", "Remove a story from this server's library", completed(text("story", "The story to remove", mostChoice))),
		subcommand("list", "List this server's own stories: how long they are, and who added them when"),
		subcommand("export", "Get all that is stored of this server as a file"),
		subcommand("role", "Let the members of a role keep the library; without a role, only Manage Server may",
			&discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionRole, Name: "role", Description: "Its members may add and remove stories"}),
		subcommand("forget", "Erase all that is stored of this server, at once and for good"))
	onMessage := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: addToLibrary, IntegrationTypes: &installed}
	list := []*discordgo.ApplicationCommand{library, onMessage}
	for _, c := range list {
		c.DefaultMemberPermissions = &permission
		c.Contexts = &serversOnly
	}
	return list
}

func subcommand(name, description string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, Description: description, Options: options}
}

// addOptions are files and a title, and, where pages are fetched, an address in their place.
func addOptions(pages bool) []*discordgo.ApplicationCommandOption {
	title := optional(text("title", "What the story is called, instead of what it says itself", mostChoice))
	options := []*discordgo.ApplicationCommandOption{title}
	if pages {
		options = append(options, optional(text("address", "Address of a web page that is to be a story", 1000)))
	}
	for n := range mostFiles {
		file := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionAttachment, Name: fileOption(n), Description: "Another one"}
		if n == 0 {
			file.Description, file.Required = "Text, Markdown, HTML, PDF, Word, OpenDocument or EPUB", !pages
			options = append([]*discordgo.ApplicationCommandOption{file}, options...)
			continue
		}
		options = append(options, file)
	}
	return options
}

// library does what a subcommand of /library says. What it answers is for the asker alone.
func (b *Bot) library(ctx context.Context, i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) error {
	if len(data.Options) == 0 {
		return b.reply(ctx, i, notice("Please choose what to do: /library add, remove, list, export, role or forget."), true)
	}
	name, options := data.Options[0].Name, data.Options[0].Options
	if name == "add" {
		return b.add(ctx, i, materialOf(data, options))
	}
	return b.work(ctx, i, byMessage, nil, func(ctx context.Context) reply {
		if err := b.mayChange(ctx, i); err != nil {
			return b.sorry(ctx, err)
		}
		switch name {
		case "remove":
			return b.remove(ctx, i, option(options, "story"))
		case "list":
			return b.list(corpus.LibraryID(i.GuildID), 0)
		case "export":
			return b.export(ctx, corpus.LibraryID(i.GuildID))
		case "role":
			return b.chooseRole(ctx, i, options)
		case "forget":
			return b.confirmForget(i)
		}
		return notice("I do not know that. Please choose /library add, remove, list, export, role or forget.")
	})
}

// own are a library's own stories, without the operator's.
func (b *Bot) own(lib corpus.LibraryID) (own []corpus.Entry) {
	for _, e := range b.shelf.Entries(lib) {
		if isOwn(e) {
			own = append(own, e)
		}
	}
	return own
}

func isOwn(e corpus.Entry) bool { return !e.Added.IsZero() }

// remove takes a story out of the library.
func (b *Bot) remove(ctx context.Context, i *discordgo.Interaction, wanted string) reply {
	lib := corpus.LibraryID(i.GuildID)
	story, found := findOwn(b.own(lib), wanted)
	if !found {
		if _, operators := find(b.shelf.Entries(lib), wanted); operators {
			return notice("That story is kept by whoever runs this bot, for every server. I can only remove this server's own.")
		}
		return notice("This server has no story called “" + shortly(wanted) + "”. /library list shows those it has.")
	}
	start := time.Now()
	change, err := b.keeper.Remove(ctx, lib, story.ID, userOf(i).ID)
	if err != nil {
		return b.sorry(ctx, err)
	}
	b.logOf(ctx).Info("a story was removed", "guild", lib, "revision", change.Revision, "story", story.ID, "took", time.Since(start).String())
	return changed(change)
}

// findOwn is the story of an ID, as it was offered, or of a title, as somebody typed it.
func findOwn(own []corpus.Entry, wanted string) (e corpus.Entry, found bool) {
	for _, e := range own {
		if string(e.ID) == wanted {
			return e, true
		}
	}
	return find(own, wanted)
}

// undo takes a change back, once, while there is time.
func (b *Bot) undo(ctx context.Context, i *discordgo.Interaction, p press) error {
	return b.manage(ctx, i, b.mayChange, func(ctx context.Context) reply {
		if !time.Now().Before(p.until) {
			return notice("The time to undo this is over.")
		}
		change, err := b.keeper.Undo(ctx, corpus.LibraryID(i.GuildID), p.number)
		if err != nil {
			return b.sorry(ctx, err)
		}
		b.logOf(ctx).Info("a change was undone", "guild", i.GuildID, "revision", p.number, "now", change.Revision)
		return undone(change)
	})
}

// manage does what a button of the library says, in the place of its message, for who may; others
// are told so in a message of their own.
func (b *Bot) manage(ctx context.Context, i *discordgo.Interaction, may func(context.Context, *discordgo.Interaction) error, f func(context.Context) reply) error {
	quick, cancel := context.WithTimeout(ctx, patient)
	defer cancel()
	if err := may(quick, i); err != nil {
		return b.reply(ctx, i, b.sorry(quick, err), true)
	}
	return b.work(ctx, i, byUpdate, nil, f)
}

// sorry is what people are told instead: a refusal, or a reference to what is in the log.
func (b *Bot) sorry(ctx context.Context, err error) reply {
	if ended := context.Cause(ctx); ended != nil {
		err = ended
	}
	var refused *corpus.Refusal
	if errors.As(err, &refused) {
		return notice(escape(refused.Error()))
	}
	b.logOf(ctx).Error("a library was not served", "error", err)
	return notice("Sorry, something went wrong on my side. Please try again in a moment. (Reference " + referenceOf(ctx) + ")")
}

// completeOwn offers a server's own stories by their titles.
func (b *Bot) completeOwn(lib corpus.LibraryID, typed string) []*discordgo.ApplicationCommandOptionChoice {
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	for _, e := range b.own(lib) {
		name := clip(clean(e.Title), mostChoice)
		if len(choices) == mostChoices || !has(e.Title, typed) || strings.TrimSpace(name) == "" {
			continue
		}
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: string(e.ID)})
	}
	return choices
}
