package bot

import (
	"fmt"
	"strings"

	"verbatim/corpus"
)

// help says how to ask, with questions that the stories really answer.
func (b *Bot) help(lib corpus.LibraryID) reply {
	lines := []string{"I answer from the story, word for word, and say so where it is silent. Ask with /ask, /who, /what, /when, /where, /why or /quote, mention me with a question, or write to me directly."}
	examples := b.shelf.Examples(lib)
	if len(examples) > 0 {
		lines = append(lines, "For example:")
	}
	for _, q := range examples {
		lines = append(lines, "- `"+strings.ReplaceAll(clip(clean(q.String()), mostChoice), "`", "'")+"`")
	}
	lines = append(lines, "-# /stories lists the stories. What you ask is not kept.")
	return reply{content: strings.Join(lines, "\n"), quiet: true}
}

// mostListed is how many stories are listed.
const mostListed = 15

// stories lists the stories that a library's questions are answered from.
func (b *Bot) stories(lib corpus.LibraryID) reply {
	all := b.shelf.Entries(lib)
	lines := []string{fmt.Sprintf("I answer from %s:", counted(len(all), "story", "stories"))}
	for i, s := range all {
		if i == mostListed {
			lines = append(lines, fmt.Sprintf("-# and %d more", len(all)-i))
			break
		}
		by := ""
		if s.Author != "" {
			by = " by " + escape(clip(s.Author, mostTitle))
		}
		lines = append(lines, fmt.Sprintf("- **%s**%s, %s", escape(clip(s.Title, mostTitle)), by, counted(s.Passages, "passage", "passages")))
	}
	return reply{content: strings.Join(lines, "\n"), quiet: true}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
