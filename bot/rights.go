package bot

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

var (
	errNoKeeper = corpus.Refuse("This server's stories are kept by whoever runs this bot: please ask them to put yours into the folder that VERBATIM_STORIES names.")
	errNoServer = corpus.Refuse("A library belongs to a server. Please use this command in yours.")
	errNotYours = corpus.Refuse("Only members with the permission Manage Server, or with the role that they chose with /library role, may change this server's library.")
	errManagers = corpus.Refuse("Only members with the permission Manage Server may do this.")
)

// mayChange is nil where who acts may change the library of the server that he acts in; else it
// is a refusal. Discord's own list of who may use a command is no protection: a server can
// change it, and buttons have none.
func (b *Bot) mayChange(ctx context.Context, i *discordgo.Interaction) error {
	err := b.mayManage(i)
	if err != errManagers {
		return err
	}
	role, err := b.keeper.Role(ctx, corpus.LibraryID(i.GuildID))
	switch {
	case err != nil:
		return err
	case role == "" || !slices.Contains(i.Member.Roles, role):
		return errNotYours
	}
	return nil
}

// mayManage is nil where who acts manages the server; else it is a refusal.
func (b *Bot) mayManage(i *discordgo.Interaction) error {
	switch {
	case b.keeper == nil:
		return errNoKeeper
	case i.GuildID == "" || i.Member == nil:
		return errNoServer
	case i.Member.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) == 0:
		return errManagers
	}
	return nil
}
