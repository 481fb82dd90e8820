package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// chooseRole lets the members of a role change the library, or, without one, nobody but those
// who manage the server. Only the latter may choose.
func (b *Bot) chooseRole(ctx context.Context, i *discordgo.Interaction, options []*discordgo.ApplicationCommandInteractionDataOption) reply {
	if err := b.mayManage(i); err != nil {
		return b.sorry(ctx, err)
	}
	role := ""
	for _, o := range options {
		if o.Name == "role" && o.Type == discordgo.ApplicationCommandOptionRole {
			role, _ = o.Value.(string)
		}
	}
	if role == i.GuildID {
		return notice("That is the role of everybody. Please choose one of fewer members.")
	}
	if err := b.keeper.SetRole(ctx, corpus.LibraryID(i.GuildID), role); err != nil {
		return b.sorry(ctx, err)
	}
	b.logOf(ctx).Info("a role was chosen", "guild", i.GuildID, "role", role)
	if role == "" {
		return notice("Now only members with the permission Manage Server may change this server's library.")
	}
	return notice("Now members with <@&" + role + "> may change this server's library, too.\n-# Discord shows them the commands only once you allow it: Server Settings → Integrations → this bot → /library → Add Roles or Members.")
}

// confirmForget asks before all is erased.
func (b *Bot) confirmForget(i *discordgo.Interaction) reply {
	if err := b.mayManage(i); err != nil {
		return notice(escape(err.Error()))
	}
	own := b.own(corpus.LibraryID(i.GuildID))
	r := notice("This erases all that is stored of this server, at once and for good: " + counted(len(own), "story", "stories") + ", and the role that may keep them. Undo does not bring it back. /library export gives you a copy first.")
	r.buttons = []button{{label: "Erase all of it", id: actForget + "/", danger: true}}
	return r
}

// forget erases all that is stored of a server.
func (b *Bot) forget(ctx context.Context, i *discordgo.Interaction) error {
	may := func(_ context.Context, i *discordgo.Interaction) error { return b.mayManage(i) }
	return b.manage(ctx, i, may, func(ctx context.Context) reply {
		if err := b.keeper.Forget(ctx, corpus.LibraryID(i.GuildID)); err != nil {
			return b.sorry(ctx, err)
		}
		b.logOf(ctx).Info("a library was forgotten", "guild", i.GuildID)
		return notice("All that was stored of this server is erased.")
	})
}
