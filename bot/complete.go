package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

const (
	mostChoices = 25
	mostChoice  = 100 // characters
)

// complete offers what may be meant by what is being typed: names, or stories.
func (b *Bot) complete(ctx context.Context, i *discordgo.Interaction) error {
	choices := b.choicesFor(i.ApplicationCommandData(), corpus.LibraryID(i.GuildID))
	return b.respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: choices}})
}

// choicesFor completes the option that is being typed, of a command or a subcommand.
func (b *Bot) choicesFor(data discordgo.ApplicationCommandInteractionData, lib corpus.LibraryID) []*discordgo.ApplicationCommandOptionChoice {
	options := data.Options
	if len(options) > 0 && options[0].Type == discordgo.ApplicationCommandOptionSubCommand {
		options = options[0].Options
	}
	for _, o := range options {
		switch {
		case !o.Focused || o.Type != discordgo.ApplicationCommandOptionString:
		case data.Name == "library":
			return b.completeOwn(lib, o.StringValue())
		default:
			return b.choices(o.Name, o.StringValue(), lib)
		}
	}
	return nil
}

func (b *Bot) choices(option, typed string, lib corpus.LibraryID) []*discordgo.ApplicationCommandOptionChoice {
	var words []string
	switch option {
	case "name":
		words = b.shelf.Names(lib, typed, mostChoices)
	case "story":
		words = titles(b.shelf.Entries(lib), typed)
	}
	choices := make([]*discordgo.ApplicationCommandOptionChoice, 0, len(words))
	for _, w := range words {
		if w = clip(clean(w), mostChoice); strings.TrimSpace(w) != "" {
			choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: w, Value: w})
		}
	}
	return choices
}

// titles are those of the stories that have what was typed.
func titles(stories []corpus.Entry, typed string) (found []string) {
	for _, s := range stories {
		if len(found) < mostChoices && has(s.Title, typed) {
			found = append(found, s.Title)
		}
	}
	return found
}

// has reports whether a title has what was typed of it.
func has(title, typed string) bool {
	return strings.Contains(strings.ToLower(title), strings.ToLower(strings.TrimSpace(typed)))
}

// find is the story of a title, as it was offered or as somebody typed it.
func find(stories []corpus.Entry, title string) (e corpus.Entry, found bool) {
	for _, s := range stories {
		if strings.EqualFold(s.Title, strings.TrimSpace(title)) || clip(clean(s.Title), mostChoice) == title {
			return s, true
		}
	}
	return e, false
}
