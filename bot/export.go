package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// mostUpload is how large a file Discord takes from a bot.
const mostUpload = 10 << 20

var errTooLarge = errors.New("larger than Discord takes")

// capped is a buffer that takes at most so many bytes.
type capped struct {
	bytes.Buffer
	most int
}

// Write implements [io.Writer].
func (c *capped) Write(p []byte) (int, error) {
	if c.Len()+len(p) > c.most {
		return 0, errTooLarge
	}
	return c.Buffer.Write(p)
}

// export hands out all that is stored of a server.
func (b *Bot) export(ctx context.Context, lib corpus.LibraryID) reply {
	archive := &capped{most: mostUpload}
	err := b.keeper.Export(ctx, lib, archive)
	switch {
	case errors.Is(err, errTooLarge):
		return notice(fmt.Sprintf("This library is larger than the %d MB that Discord takes in a file. Whoever runs this bot can export it with: verbatim library export", mostUpload>>20))
	case err != nil:
		return b.sorry(ctx, err)
	}
	r := notice("Here is all that is stored of this server.")
	r.file = &discordgo.File{Name: "library-" + time.Now().UTC().Format(time.DateOnly) + ".zip", ContentType: "application/zip", Reader: &archive.Buffer}
	return r
}
