package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"verbatim/bot/discordtest"
)

// shelf is what became of stories that were added.
type shelf struct{ added, refused int }

// mostOwn is how many stories a server has of its own; for each one more, one is removed.
const mostOwn = 2

// addStories lets moderators add stories to the libraries of their servers until ctx ends.
func addStories(ctx context.Context, d *discordtest.Server, o options) (s shelf) {
	if o.stories <= 0 {
		return s
	}
	chance := rand.New(rand.NewPCG(o.seed, 2))
	tick := time.Tick(time.Duration(float64(time.Minute) / o.stories))
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return s
		case <-tick:
		}
		moderator := discordtest.Actor{Guild: server(n % o.servers), Permissions: discordtest.ManageServer}
		round := n / o.servers
		if old := round - mostOwn; old >= 0 {
			done(ctx, d, d.SendAs(moderator, "library remove", discordtest.Args{"story": title(old)}))
		}
		text, _ := story(chance, title(round), passagesAStory)
		file := d.Attach("chronicle.txt", []byte(text))
		said := done(ctx, d, d.SendAs(moderator, "library add", discordtest.Args{"file": file}))
		switch {
		case strings.Contains(said, "passage"):
			s.added++
		case ctx.Err() == nil: // else nobody waited for it
			s.refused++
			fmt.Printf("a story was not added: %s\n", said)
		}
	}
}

func title(n int) string { return fmt.Sprintf("Annals %d", n+1) }

// done waits until the bot has done something, or has had time enough, and returns what it said
// last.
func done(ctx context.Context, d *discordtest.Server, i *discordtest.Interaction) (said string) {
	defer d.Forget(i)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		now, answered := d.Look(i)
		said = now.Content()
		if answered && !strings.HasSuffix(said, "…") { // else it tells how far it is
			break
		}
	}
	return said
}
