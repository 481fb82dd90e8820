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
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, o := range i.ApplicationCommandData().Options {
		if !o.Focused || o.Type != discordgo.ApplicationCommandOptionString {
			continue
		}
		choices = b.choices(o.Name, o.StringValue(), corpus.LibraryID(i.GuildID))
	}
	return b.respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: choices}})
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
		if len(found) < mostChoices && strings.Contains(strings.ToLower(s.Title), strings.ToLower(strings.TrimSpace(typed))) {
			found = append(found, s.Title)
		}
	}
	return found
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
