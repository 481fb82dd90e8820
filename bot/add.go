package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

const (
	// mostFiles is how many files one command takes: as many as a message holds.
	mostFiles = 10
	// mostPage is how large a web page may be: as much as package web takes.
	mostPage = 10 << 20
)

// material is what is to become stories: files, a web page, or a text.
type material struct {
	files   []*discordgo.MessageAttachment
	address string
	text    string
	title   string // of the one story; empty for what it says itself
}

// count is how many stories are to come of it.
func (m material) count() int {
	n := len(m.files)
	if m.address != "" {
		n++
	}
	if m.text != "" {
		n++
	}
	return n
}

// size is how many bytes of it are in memory at once, at most.
func (m material) size() int64 {
	n := int64(len(m.text))
	if m.address != "" {
		n += mostPage
	}
	for _, f := range m.files {
		n += int64(max(0, min(f.Size, mostFile)))
	}
	return n
}

// materialOf takes out of /library add what is to be added.
func materialOf(data discordgo.ApplicationCommandInteractionData, options []*discordgo.ApplicationCommandInteractionDataOption) material {
	m := material{title: strings.TrimSpace(option(options, "title")), address: strings.TrimSpace(option(options, "address"))}
	for n := range mostFiles {
		for _, o := range options {
			id, ok := o.Value.(string)
			if !ok || o.Name != fileOption(n) || o.Type != discordgo.ApplicationCommandOptionAttachment || data.Resolved == nil {
				continue
			}
			if f := data.Resolved.Attachments[id]; f != nil {
				m.files = append(m.files, f)
			}
		}
	}
	return m
}

// fileOption is the name of the option of a file: file, file2, file3 …
func fileOption(n int) string {
	if n == 0 {
		return "file"
	}
	return "file" + strconv.Itoa(n+1)
}

// materialOfMessage is what hangs on a message, else its text.
func materialOfMessage(data discordgo.ApplicationCommandInteractionData) material {
	if data.Resolved == nil || data.Resolved.Messages[data.TargetID] == nil {
		return material{}
	}
	m := data.Resolved.Messages[data.TargetID]
	author, sent := m.Author, m.Timestamp
	if len(m.MessageSnapshots) > 0 && m.MessageSnapshots[0].Message != nil { // it is forwarded
		m = m.MessageSnapshots[0].Message
	}
	if len(m.Attachments) > 0 {
		return material{files: m.Attachments[:min(len(m.Attachments), mostFiles)]}
	}
	text := strings.TrimSpace(m.ContentWithMentionsReplaced())
	return material{text: text, title: titleOf(text, author, sent)}
}

// mostBeginning is how many characters of a message are in its title.
const mostBeginning = 60

// titleOf names a message by its beginning, its author and its day, so that two of them seldom
// have the same title, and the same message always has.
func titleOf(text string, author *discordgo.User, sent time.Time) string {
	line, _, _ := strings.Cut(text, "\n")
	line = strings.Trim(clean(line), "#*_>~-` ")
	if short := clipUnits(line, mostBeginning); short != line {
		if at := strings.LastIndexByte(short, ' '); at > 0 {
			short = short[:at]
		}
		line = short + cut
	}
	by := []string{}
	if author != nil && author.DisplayName() != "" {
		by = append(by, clip(clean(author.DisplayName()), mostBeginning/2))
	}
	if !sent.IsZero() {
		by = append(by, sent.UTC().Format("2 January 2006"))
	}
	if len(by) == 0 || line == "" {
		return line
	}
	return line + " (" + strings.Join(by, ", ") + ")"
}

// add adds stories to a library, and shows how far it is meanwhile.
func (b *Bot) add(ctx context.Context, i *discordgo.Interaction, m material) error {
	stands := &standing{}
	return b.work(ctx, i, byMessage, stands, func(ctx context.Context) reply {
		if err := b.mayChange(ctx, i); err != nil {
			return b.sorry(ctx, err)
		}
		if err := b.sensible(m); err != nil {
			return b.sorry(ctx, err)
		}
		return b.addAll(ctx, corpus.LibraryID(i.GuildID), userOf(i).ID, m, stands)
	})
}

// sensible refuses what cannot be added whatever it holds.
func (b *Bot) sensible(m material) error {
	switch {
	case m.count() == 0 && b.fetcher != nil:
		return corpus.Refuse("There is nothing to add. Please attach a file, or give the address of a web page.")
	case m.count() == 0:
		return corpus.Refuse("There is nothing to add. Please attach a file.")
	case m.count() > 1 && m.title != "":
		return corpus.Refuse("A title is for one story, and these are %d. Please leave it out, or add them one by one.", m.count())
	case m.size() > mostHeld && len(m.files) > 1:
		return corpus.Refuse("Together these files are larger than %d MB. Please add them in several goes.", mostHeld>>20)
	}
	return nil
}

// addAll fetches the material and adds what of it can be read.
func (b *Bot) addAll(ctx context.Context, lib corpus.LibraryID, by string, m material, stands *standing) reply {
	stands.set("Waiting for my turn…")
	size := min(m.size(), mostHeld)
	if err := b.downloads.room.Acquire(ctx, size); err != nil {
		return b.sorry(ctx, err)
	}
	defer b.downloads.room.Release(size)
	drafts, refused, err := b.fetch(ctx, m, stands)
	if err != nil {
		return b.sorry(ctx, err)
	}
	for n := range drafts {
		drafts[n].AddedBy = by
	}
	change := corpus.Change{}
	if len(drafts) > 0 {
		start := time.Now()
		change, err = b.keeper.Add(ctx, lib, drafts, func(p corpus.Progress) { stands.set(progressed(p)) })
		if err != nil {
			return b.sorry(ctx, err)
		}
		b.logOf(ctx).Info("a library was added to", "guild", lib, "revision", change.Revision, "drafts", len(drafts), "took", time.Since(start).String())
	}
	change.Stories = append(change.Stories, refused...)
	return changed(change)
}

// fetch makes drafts of material; what cannot be had is refused.
func (b *Bot) fetch(ctx context.Context, m material, stands *standing) (drafts []corpus.Draft, refused []corpus.StoryChange, err error) {
	take := func(name string, raw []byte, err error) {
		if err != nil {
			refused = append(refused, corpus.StoryChange{Name: name, Refused: b.refusal(ctx, err, name)})
			return
		}
		drafts = append(drafts, corpus.Draft{Name: name, Title: m.title, Content: raw})
	}
	if m.text != "" {
		take("message.md", []byte(m.text), nil) // what people write on Discord is Markdown
	}
	for _, f := range m.files {
		stands.set("Fetching *" + shortly(f.Filename) + "*…")
		raw, err := b.downloads.get(ctx, f)
		take(f.Filename, raw, err)
	}
	if m.address != "" {
		if b.fetcher == nil {
			return nil, nil, corpus.Refuse("Web pages are not fetched here: whoever runs this bot has not allowed it. Please attach a file.")
		}
		stands.set("Fetching the page…")
		name, raw, err := b.fetcher.Fetch(ctx, m.address)
		if name == "" {
			name = m.address
		}
		take(name, raw, err)
	}
	return drafts, refused, context.Cause(ctx)
}

// refusal makes a refusal of what kept a file from being fetched.
func (b *Bot) refusal(ctx context.Context, err error, name string) error {
	var refused *corpus.Refusal
	if errors.As(err, &refused) {
		return refused
	}
	b.logOf(ctx).Warn("a file could not be fetched", "error", err)
	return corpus.Refuse("%q could not be fetched. Please try again in a moment.", name)
}

// progressed is a sentence about progress.
func progressed(p corpus.Progress) string {
	switch {
	case p.Draft != "":
		return "Reading *" + shortly(p.Draft) + "*…"
	case p.Passages > 0:
		return fmt.Sprintf("Indexing: %d of %s…", p.Indexed, counted(p.Passages, "passage", "passages"))
	}
	return "Reading…"
}

// shortly is a name or title as it stands in a sentence of ours, never empty.
func shortly(name string) string {
	if name = strings.TrimSpace(clip(clean(name), mostTitle)); name == "" {
		return "(without a name)"
	}
	return escape(name)
}
