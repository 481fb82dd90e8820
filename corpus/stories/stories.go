// Package stories embeds the story that is part of the program.
package stories

import _ "embed" // for the story

// Name is the file that the built-in story stands in.
const Name = "meta-and-the-ai-race.md"

// Text is its text, in Markdown.
//
//go:embed meta-and-the-ai-race.md
var Text string
