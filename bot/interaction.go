package bot

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

const (
	// patient is how long a search may take before the asker is shown "thinking…".
	patient = 1500 * time.Millisecond
	// answerable is how long Discord takes an answer, with a little for clocks that differ. After a
	// break, those whom an answer no longer reaches must not keep the others waiting.
	answerable = 3200 * time.Millisecond
)

// interaction answers a command, a button, or what is being typed.
func (b *Bot) interaction(ctx context.Context, i *discordgo.Interaction) error {
	if i == nil || i.Data == nil || userOf(i) == nil {
		return nil
	}
	if b.transport.clock.age(i.ID) > answerable {
		return errLate // it was sent again after a break, and Discord takes no answer any more
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		return b.command(ctx, i)
	case discordgo.InteractionMessageComponent:
		return b.pressed(ctx, i)
	case discordgo.InteractionApplicationCommandAutocomplete:
		return b.complete(ctx, i)
	}
	return nil
}

// userOf is who acts: a member in a server, a user elsewhere.
func userOf(i *discordgo.Interaction) *discordgo.User {
	if i.Member != nil {
		return i.Member.User
	}
	return i.User
}

// command answers a command: those that ask, and the others.
func (b *Bot) command(ctx context.Context, i *discordgo.Interaction) error {
	data := i.ApplicationCommandData()
	lib := corpus.LibraryID(i.GuildID)
	switch data.Name {
	case "help":
		return b.reply(ctx, i, b.help(lib), true)
	case "stories":
		return b.reply(ctx, i, b.stories(lib), true)
	case "library":
		return b.library(ctx, i, data)
	case addToLibrary:
		return b.add(ctx, i, materialOfMessage(data))
	}
	r := requestOfCommand(i, data)
	if r.Text == "" {
		return b.reply(ctx, i, notice("There are no words in that to ask about. Please write a question."), true)
	}
	if wanted := option(data.Options, "story"); wanted != "" {
		story, found := find(b.shelf.Entries(lib), wanted)
		if !found {
			return b.reply(ctx, i, notice("There is no story called “"+escape(clip(wanted, mostTitle))+"” here. /stories lists those there are."), true)
		}
		r.Story = story.ID
	}
	return b.answerOrThink(ctx, i, r)
}

// requestOfCommand takes the question out of a command.
func requestOfCommand(i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) request {
	r := request{asker: asker{i.ChannelID, userOf(i).ID}}
	r.Library = corpus.LibraryID(i.GuildID)
	r.Command = corpus.Command(data.Name)
	switch {
	case data.CommandType == discordgo.MessageApplicationCommand:
		r.Command = corpus.Ask
		if data.Resolved != nil && data.Resolved.Messages[data.TargetID] != nil {
			r.Text = strings.TrimSpace(data.Resolved.Messages[data.TargetID].Content)
		}
	default:
		for _, name := range []string{"question", "name", "about", "words"} {
			r.Text += strings.TrimSpace(option(data.Options, name))
		}
	}
	for _, o := range data.Options {
		if o.Name == "private" && o.Type == discordgo.ApplicationCommandOptionBoolean {
			r.private = o.BoolValue()
		}
	}
	return r
}

// option is the text of an option; empty where it was not given.
func option(options []*discordgo.ApplicationCommandInteractionDataOption, name string) string {
	for _, o := range options {
		if o.Name == name && o.Type == discordgo.ApplicationCommandOptionString {
			return o.StringValue()
		}
	}
	return ""
}

// answerOrThink answers at once, or, when the search is slow, after a "thinking…".
func (b *Bot) answerOrThink(ctx context.Context, i *discordgo.Interaction, r request) error {
	answers := make(chan reply, 1)
	go func() {
		answer := notice(troubled(referenceOf(ctx)))
		defer func() { answers <- answer }()
		answer = b.ask(ctx, r)
	}()
	select {
	case answer := <-answers:
		return b.reply(ctx, i, answer, r.private)
	case <-time.After(patient):
	}
	thinking := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: &discordgo.InteractionResponseData{}}
	if r.private {
		thinking.Data.Flags = discordgo.MessageFlagsEphemeral
	}
	if err := b.respond(ctx, i, thinking); err != nil {
		return err
	}
	data := (<-answers).data(false)
	data.Flags = discordgo.MessageFlagsSuppressEmbeds // whether it is private was said before
	return b.amend(ctx, i, data)
}

// reply sends a reply as the first answer to an interaction.
func (b *Bot) reply(ctx context.Context, i *discordgo.Interaction, r reply, private bool) error {
	return b.respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: r.data(private)})
}

// pressed does what a button says. Everybody may press: who asked has the message changed, the
// others see for themselves.
func (b *Bot) pressed(ctx context.Context, i *discordgo.Interaction) error {
	p, ok := parseID(i.MessageComponentData().CustomID)
	lib := corpus.LibraryID(i.GuildID)
	if !ok {
		return b.reply(ctx, i, notice("This button is from an older time. Please ask again."), true)
	}
	if p.act == actAsk {
		r := request{Question: corpus.ParseQuestion(p.question), asker: asker{i.ChannelID, userOf(i).ID}}
		r.Library = lib
		return b.reply(ctx, i, b.ask(ctx, r), isEphemeral(i.Message))
	}
	switch p.act {
	case actUndo:
		return b.undo(ctx, i, p)
	case actForget:
		return b.forget(ctx, i)
	case actList:
		return b.manage(ctx, i, b.mayChange, func(context.Context) reply { return b.list(lib, int(p.number)) })
	}
	quotes := p.quotes(b.shelf, lib)
	switch {
	case len(quotes) == 0:
		return b.reply(ctx, i, notice("That story has changed since. Please ask again."), true)
	case p.act == actAround:
		return b.reply(ctx, i, around(quotes[0]), true)
	case isAskers(i):
		return b.update(ctx, i, quoted("", quotes, p.subject))
	}
	return b.reply(ctx, i, quoted("", quotes, p.subject), true)
}

func isEphemeral(m *discordgo.Message) bool {
	return m != nil && m.Flags&discordgo.MessageFlagsEphemeral != 0
}

// isAskers reports whether who presses a button is who asked for the message.
func isAskers(i *discordgo.Interaction) bool {
	m, user := i.Message, userOf(i).ID
	switch {
	case m == nil:
		return false
	case isEphemeral(m):
		return true
	case m.InteractionMetadata != nil && m.InteractionMetadata.User != nil:
		return m.InteractionMetadata.User.ID == user
	case m.ReferencedMessage != nil && m.ReferencedMessage.Author != nil:
		return m.ReferencedMessage.Author.ID == user
	}
	return false
}

// update changes the message of a button.
func (b *Bot) update(ctx context.Context, i *discordgo.Interaction, r reply) error {
	data := r.data(false)
	data.Flags = discordgo.MessageFlagsSuppressEmbeds // an edit cannot change whom it is for
	return b.respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage, Data: data})
}
