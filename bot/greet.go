package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// newcomer is how long after it was added to a server the bot still greets there.
const newcomer = 10 * time.Minute

// joined greets a server that has just added the bot, once, in a place where it may write; not
// one that had before the session began.
func (b *Bot) joined(ctx context.Context, g *discordgo.Guild, before bool) error {
	if b.keeper == nil || g == nil || g.Unavailable {
		return nil
	}
	lib := corpus.LibraryID(g.ID)
	isNew, err := b.keeper.Joined(ctx, lib)
	if err != nil {
		return fmt.Errorf("noting that a server was joined: %w", err)
	}
	if !isNew || before || time.Since(g.JoinedAt) > newcomer {
		return nil
	}
	channel := greetingChannel(g, b.me())
	b.logOf(ctx).Info("a server was joined", "guild", g.ID, "greeted_in", channel)
	if channel == "" {
		return nil
	}
	m := b.greeting(lib)
	err = b.post(ctx, channel, g.ID, &discordgo.MessageSend{Content: m.content, AllowedMentions: nobodyPinged(), Flags: discordgo.MessageFlagsSuppressEmbeds})
	if err != nil {
		return fmt.Errorf("greeting a server: %w", err)
	}
	return nil
}

// present notes which servers the bot is in: at the beginning of a session Discord lists them
// all, those that are unavailable too.
func (b *Bot) present(ctx context.Context, in []*discordgo.Guild) error {
	if b.keeper == nil {
		return nil
	}
	var libs []corpus.LibraryID
	for _, g := range in {
		if g != nil {
			libs = append(libs, corpus.LibraryID(g.ID))
		}
	}
	return b.keeper.Present(ctx, libs)
}

// left notes that a server has removed the bot. One that is unavailable has not.
func (b *Bot) left(ctx context.Context, g *discordgo.Guild) error {
	if b.keeper == nil || g == nil || g.Unavailable {
		return nil
	}
	b.logOf(ctx).Info("a server was left", "guild", g.ID)
	return b.keeper.Left(ctx, corpus.LibraryID(g.ID))
}

// greeting says what the bot is, holds and stores.
func (b *Bot) greeting(lib corpus.LibraryID) reply {
	lines := []string{"Hello! I answer questions about stories by quoting the passage that answers, word for word, and I say so where they are silent."}
	if entries := b.shelf.Entries(lib); len(entries) > 0 {
		lines = append(lines, shelved("I hold %s:", entries)...)
	}
	if examples := b.shelf.Examples(lib); len(examples) > 0 {
		lines = append(lines, "Ask me, for example:")
		for _, q := range examples {
			lines = append(lines, "- "+shownQuestion(q))
		}
	}
	return notice(fitted(lines, "Whoever manages this server can add its own stories with /library add.\n"+
		"-# I store those stories, who added them and when; no questions and no other messages. /library remove takes one out, "+
		"/library forget erases everything, and so does removing me, after seven days."))
}

// greetingChannel is the channel for what Discord itself says there, else the first text channel,
// as people see them, in which the bot may write; empty for none.
func greetingChannel(g *discordgo.Guild, self string) string {
	state := discordgo.NewState()
	if state.GuildAdd(g) != nil {
		return ""
	}
	const wanted = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages
	writable := func(c *discordgo.Channel) bool {
		may, err := state.UserChannelPermissions(self, c.ID)
		return err == nil && c.Type == discordgo.ChannelTypeGuildText && may&wanted == wanted
	}
	position := map[string]int{} // of categories
	for _, c := range g.Channels {
		position[c.ID] = c.Position
	}
	var found []*discordgo.Channel
	for _, c := range g.Channels {
		if writable(c) {
			found = append(found, c)
		}
	}
	rank := func(c *discordgo.Channel) (system, category int) {
		system, category = 1, -1 // those without a category come first
		if c.ID == g.SystemChannelID {
			system = 0
		}
		if at, has := position[c.ParentID]; has {
			category = at
		}
		return system, category
	}
	slices.SortFunc(found, func(a, b *discordgo.Channel) int {
		systemA, categoryA := rank(a)
		systemB, categoryB := rank(b)
		return cmp.Or(cmp.Compare(systemA, systemB), cmp.Compare(categoryA, categoryB), cmp.Compare(a.Position, b.Position), strings.Compare(a.ID, b.ID))
	})
	if len(found) == 0 {
		return ""
	}
	return found[0].ID
}
