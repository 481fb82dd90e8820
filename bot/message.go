package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// message answers a message that is meant for the bot.
func (b *Bot) message(ctx context.Context, m *discordgo.Message) error {
	r, ok := b.requestOf(m)
	if !ok {
		return nil
	}
	answer := b.greetOrAsk(ctx, r, m)
	if err := b.post(ctx, m.ChannelID, m.ID, answer.message(m)); err != nil {
		return fmt.Errorf("answering a message: %w", err)
	}
	return nil
}

// greetOrAsk points to /help where a message asks nothing.
func (b *Bot) greetOrAsk(ctx context.Context, r request, m *discordgo.Message) reply {
	if r.Text == "" {
		return b.help(r.Library)
	}
	answer := b.ask(ctx, r)
	if answer.quiet && m.GuildID != "" && !asks(r.Text) {
		return b.help(r.Library)
	}
	return answer
}

// requestOf takes the question out of a message that mentions the bot, replies to it or comes in
// a direct message; false for any other, and for those of bots.
func (b *Bot) requestOf(m *discordgo.Message) (request, bool) {
	self := b.me()
	if m == nil || m.Author == nil || m.Author.Bot || m.WebhookID != "" || m.Author.ID == self || !isSpoken(m.Type) {
		return request{}, false
	}
	replied := m.ReferencedMessage != nil && m.ReferencedMessage.Author != nil && m.ReferencedMessage.Author.ID == self
	mentioned := slices.ContainsFunc(m.Mentions, func(u *discordgo.User) bool { return u != nil && u.ID == self })
	if m.GuildID != "" && !mentioned && !replied {
		return request{}, false
	}
	r := request{Question: corpus.ParseQuestion(withoutMention(m.Content, self)), asker: asker{m.ChannelID, m.Author.ID}}
	r.Library = corpus.LibraryID(m.GuildID)
	if replied {
		r.Before = beforeOf(m.ReferencedMessage)
		if r.Text == "" {
			return request{}, false // a bare ping of a reply
		}
	}
	return r, true
}

// isSpoken tells what people write from what Discord says itself ("… joined").
func isSpoken(t discordgo.MessageType) bool {
	return t == discordgo.MessageTypeDefault || t == discordgo.MessageTypeReply
}

var mentions = regexp.MustCompile(`<@!?(\d+)>`)

// withoutMention leaves out the mentions of the bot.
func withoutMention(content, self string) string {
	content = mentions.ReplaceAllStringFunc(content, func(m string) string {
		if strings.Trim(m, "<@!>") == self {
			return " "
		}
		return m
	})
	return strings.TrimSpace(content)
}

// beforeOf reads out of the buttons of one of our messages what it quotes.
func beforeOf(m *discordgo.Message) *corpus.Before {
	for _, c := range m.Components {
		row, ok := c.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range row.Components {
			button, ok := c.(*discordgo.Button)
			if !ok {
				continue
			}
			p, ok := parseID(button.CustomID)
			if ok && p.act == actAround && len(p.places) > 0 {
				return &corpus.Before{Question: p.subject, Answer: p.places[0]}
			}
		}
	}
	return nil
}

var questionWord = regexp.MustCompile(`(?i)\b(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)\b`)

// asks reports whether a text is put as a question.
func asks(text string) bool { return strings.Contains(text, "?") || questionWord.MatchString(text) }
