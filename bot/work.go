package bot

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

const (
	// mostWork is how long work for an interaction may take: its token lives for fifteen
	// minutes, and the end is to be told.
	mostWork = 14 * time.Minute
	// lastWork is how long work may go on when the bot is to end; see closing.
	lastWork = 3 * time.Second
	// standPause is between two looks at where the work stands. Discord takes five edits of a
	// message in five seconds.
	standPause = time.Second
)

var (
	errTooLong = corpus.Refuse("That took longer than %d minutes, so I stopped, and nothing was changed. Please try again with less at once.", mostWork/time.Minute)
	errEnding  = corpus.Refuse("I am being restarted, so I stopped, and nothing was changed. Please try again in a minute.")
)

// opening is how an interaction is answered, at once or later.
type opening struct {
	now, later discordgo.InteractionResponseType
}

var (
	// byMessage answers for the asker alone.
	byMessage = opening{discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseDeferredChannelMessageWithSource}
	// byUpdate changes the message of the button that was pressed.
	byUpdate = opening{discordgo.InteractionResponseUpdateMessage, discordgo.InteractionResponseDeferredMessageUpdate}
)

// standing is where some work stands, in a sentence. Nil says nothing.
type standing struct {
	mu   sync.Mutex
	text string
}

func (s *standing) set(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = text
}

func (s *standing) get() string {
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text
}

// work answers an interaction with what f comes to: at once where it is quick, else after
// "thinking…" and then where it stands. What cannot be told to the asker is not gone on with.
func (b *Bot) work(ctx context.Context, i *discordgo.Interaction, o opening, s *standing, f func(context.Context) reply) error {
	ctx, cancel := b.unhurried(ctx)
	defer cancel(nil)
	done := make(chan reply, 1)
	go func() {
		var r reply
		if err := guard(func() error { r = f(ctx); return nil }); err != nil {
			r = b.sorry(ctx, err)
		}
		done <- r
	}()
	select {
	case r := <-done:
		if r.file == nil {
			return b.begin(ctx, i, o.now, r)
		}
		done <- r // a file takes longer than there is time for the first answer
	case <-time.After(patient):
	}
	if err := b.begin(ctx, i, o.later, reply{}); err != nil {
		cancel(err)
		<-done
		return err
	}
	return b.amend(context.WithoutCancel(ctx), i, edited(b.stand(ctx, i, s, done)))
}

// stand shows where the work stands until it is done, and returns what it came to.
func (b *Bot) stand(ctx context.Context, i *discordgo.Interaction, s *standing, done <-chan reply) reply {
	look := time.NewTicker(standPause)
	defer look.Stop()
	for shown := ""; ; {
		select {
		case r := <-done:
			return r
		case <-look.C:
			text := s.get()
			if text == shown {
				continue
			}
			shown = text
			if err := b.amend(ctx, i, edited(notice(text))); err != nil {
				b.logOf(ctx).Debug("progress was not shown", "interaction", i.ID, "error", err)
			}
		}
	}
}

// begin sends the first answer to an interaction; it is for the asker alone.
func (b *Bot) begin(ctx context.Context, i *discordgo.Interaction, kind discordgo.InteractionResponseType, r reply) error {
	response := &discordgo.InteractionResponse{Type: kind}
	switch kind {
	case byMessage.now:
		response.Data = r.data(true)
	case byMessage.later:
		response.Data = &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral}
	case byUpdate.now:
		response.Data = edited(r)
	}
	return b.respond(context.WithoutCancel(ctx), i, response)
}

// edited is a reply in the place of a message; an edit cannot change whom that is for.
func edited(r reply) *discordgo.InteractionResponseData {
	data := r.data(false)
	data.Flags = discordgo.MessageFlagsSuppressEmbeds
	return data
}

// unhurried is a context for work that takes longer than an answer. Its cause, where it ends
// early, is for people.
func (b *Bot) unhurried(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	go func() {
		late := time.After(mostWork)
		select {
		case <-ctx.Done():
			return
		case <-late:
			cancel(errTooLong)
			return
		case <-b.ending:
		}
		select {
		case <-ctx.Done():
		case <-time.After(lastWork):
			cancel(errEnding)
		}
	}()
	return ctx, cancel
}
