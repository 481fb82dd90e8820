package bot

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// reply is a message to be, however it is sent.
type reply struct {
	content string
	buttons []button
	quiet   bool // for the asker alone, where that can be: nothing was found, or it is a notice
	file    *discordgo.File
}

const (
	// mostContent is how many UTF-16 units a message holds.
	mostContent = 2000
	// mostTitle is how many characters of a title are shown.
	mostTitle = 80
)

// notice is a sentence for the asker alone.
func notice(text string) reply { return reply{content: text, quiet: true} }

// render makes the message of an answer: the quote; the closest quote after the reason why it
// may not answer; or silence, with what may have been meant as a button.
func render(a corpus.Answer) reply {
	head := ""
	if a.About != "" {
		head = "About *" + escape(a.About) + "*:\n"
	}
	switch a.Outcome {
	case corpus.Answered:
		return quoted(head, a.Quotes, subjectOf(a))
	case corpus.Closest:
		r := quoted(head+escape(a.Reason)+" Closest:\n", a.Quotes, subjectOf(a))
		r.buttons = append(r.buttons, suggestion(a.Suggestion)...)
		return r
	}
	r := notice(strings.TrimSpace("The story does not say. " + escape(a.Reason)))
	r.buttons = suggestion(a.Suggestion)
	return r
}

// subjectOf is what the buttons remember of a question, for replies to lean on: all of it where
// there is room, else the names in it.
func subjectOf(a corpus.Answer) string {
	if a.Read != "" && len(a.Read) <= mostSubject {
		return a.Read
	}
	return a.Subject
}

// quoted shows the first of the quotes, with the others behind a button.
func quoted(head string, quotes []corpus.Quote, subject string) reply {
	q := quotes[0]
	source := sourceLine(q)
	room := mostContent - units(head) - units(source) - units("> \n")
	r := reply{content: head + "> " + excerpt(q, room) + "\n" + source}
	if len(quotes) > 1 {
		r.buttons = append(r.buttons, nextButton(quotes[1:], subject))
	}
	r.buttons = append(r.buttons, aroundButton(q, subject))
	return r
}

// sourceLine says where a quote stands.
func sourceLine(q corpus.Quote) string {
	parts := []string{clip(q.Story().Title, mostTitle)}
	if section := q.Section(); section != "" {
		parts = append(parts, clip(section, mostTitle))
	}
	for i := range parts {
		parts[i] = escape(parts[i])
	}
	parts = append(parts, "passage "+strconv.Itoa(q.Passage()+1)+" of "+strconv.Itoa(len(q.Story().Passages)))
	return "-# " + strings.Join(parts, " · ")
}

// around shows the passages before and after a quote, the quote's sentence in bold.
func around(q corpus.Quote) reply {
	story, at := q.Story(), q.Passage()
	source := sourceLine(q)
	room := (mostContent - units(source) - 3*units("> \n> \n")) / 3
	var lines []string
	for p := max(0, at-1); p <= min(at+1, len(story.Passages)-1); p++ {
		if p == at {
			lines = append(lines, "> "+excerpt(q, room))
			continue
		}
		side, _ := corpus.NewQuote(story, p, 0)
		lines = append(lines, "> "+plainExcerpt(side, room, p < at))
	}
	return reply{content: strings.Join(lines, "\n> \n") + "\n" + source, quiet: true}
}

// nobodyPinged is sent with every message.
func nobodyPinged() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// data is the reply as the answer to an interaction. Links in a quote show no preview.
func (r reply) data(private bool) *discordgo.InteractionResponseData {
	flags := discordgo.MessageFlagsSuppressEmbeds
	if r.quiet || private {
		flags |= discordgo.MessageFlagsEphemeral
	}
	data := &discordgo.InteractionResponseData{Content: r.content, Components: r.components(), AllowedMentions: nobodyPinged(), Flags: flags}
	if r.file != nil {
		data.Files = []*discordgo.File{r.file}
	}
	return data
}

// message is the reply as a message that refers to another.
func (r reply) message(to *discordgo.Message) *discordgo.MessageSend {
	soft := false // the message may be gone by now
	return &discordgo.MessageSend{Content: r.content, Components: r.components(), AllowedMentions: nobodyPinged(), Flags: discordgo.MessageFlagsSuppressEmbeds,
		Reference: &discordgo.MessageReference{MessageID: to.ID, ChannelID: to.ChannelID, GuildID: to.GuildID, FailIfNotExists: &soft}}
}

func (r reply) components() []discordgo.MessageComponent {
	if len(r.buttons) == 0 {
		return []discordgo.MessageComponent{}
	}
	row := discordgo.ActionsRow{}
	for _, b := range r.buttons {
		row.Components = append(row.Components, discordgo.Button{Label: b.label, Style: b.style(), CustomID: b.id})
	}
	return []discordgo.MessageComponent{row}
}
