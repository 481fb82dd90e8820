package bot

import (
	"github.com/bwmarrin/discordgo"
)

// libraryCommand is for those who keep a server's stories.
func libraryCommand() *discordgo.ApplicationCommand {
	permission := int64(manageServer)
	c := slash("library", "Keep this server's own stories",
		&discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "add", Description: "Add a story to this server's library",
			Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionAttachment, Name: "file", Description: "A text or Markdown file", Required: true},
				optional(text("title", "What the story is called", 100)),
			}},
		&discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "remove", Description: "Remove a story from this server's library",
			Options: []*discordgo.ApplicationCommandOption{completed(text("story", "The story to remove", 100))}})
	c.DefaultMemberPermissions = &permission
	c.Contexts = &serversOnly
	return c
}

// library says what can be done about a server's stories: for now they are the operator's.
func (b *Bot) library(i *discordgo.Interaction) reply {
	if i.Member == nil || i.Member.Permissions&manageServer == 0 {
		return notice("Only members with the permission Manage Server may change this server's stories.")
	}
	return notice("Stories are kept by whoever runs this bot: please ask them to put yours into the folder that VERBATIM_STORIES names.")
}
