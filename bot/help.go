package bot

import (
	"fmt"
	"slices"
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
		lines = append(lines, "- "+shownQuestion(q))
	}
	lines = append(lines, "-# /stories lists the stories. What you ask is not kept.")
	if b.keeper != nil && lib != "" {
		lines = append(lines, "-# Whoever manages this server adds its own stories with /library add.")
	}
	return reply{content: strings.Join(lines, "\n"), quiet: true}
}

// mostListed is how many stories are listed of a kind.
const mostListed = 10

// stories lists the stories that a library's questions are answered from: a server's own apart
// from the operator's.
func (b *Bot) stories(lib corpus.LibraryID) reply {
	own := b.own(lib)
	given := slices.DeleteFunc(slices.Clone(b.shelf.Entries(lib)), isOwn)
	var lines []string
	if len(own) > 0 {
		lines = append(lines, shelved("This server has %s of its own:", own)...)
	}
	switch {
	case len(given) > 0 && len(own) > 0:
		lines = append(lines, shelved("And there is for every server:", given)...)
	case len(given) > 0:
		lines = append(lines, shelved("I answer from %s:", given)...)
	case len(own) == 0:
		lines = append(lines, "I have no stories yet.")
	}
	return reply{content: fitted(lines, ""), quiet: true}
}

// shelved lists stories under a heading, in which %s is how many they are.
func shelved(heading string, stories []corpus.Entry) []string {
	lines := []string{strings.Replace(heading, "%s", counted(len(stories), "story", "stories"), 1)}
	for i, s := range stories {
		if i == mostListed {
			return append(lines, fmt.Sprintf("-# and %d more", len(stories)-i))
		}
		by := ""
		if s.Author != "" {
			by = " by " + shortly(s.Author)
		}
		lines = append(lines, fmt.Sprintf("- **%s**%s, %s", shortly(s.Title), by, counted(s.Passages, "passage", "passages")))
	}
	return lines
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
