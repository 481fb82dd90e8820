package main

import (
	"fmt"
	"strings"
)

// welcome says what can be asked, and how.
func (c *conversation) welcome() {
	stories := c.x.Entries("")
	what := fmt.Sprintf("%d stories", len(stories))
	if len(stories) == 1 {
		what = "“" + stories[0].Title + "”"
	}
	c.say("Ask " + what + ", and be answered in its own words.")
	if examples := c.x.Examples(""); len(examples) > 0 {
		c.aside("For example: " + examples[0].String())
	}
	c.aside("/help for more, Ctrl-D to leave.")
	c.line("")
}

// stories lists what can be asked.
func (c *conversation) stories() {
	for _, s := range c.x.Entries("") {
		c.say(s.Title)
		about := fmt.Sprintf("%d passages", s.Passages)
		for _, more := range []string{s.Author, s.Source} {
			if more != "" {
				about += " · " + more
			}
		}
		c.aside(about)
	}
}

// help lists the commands, and questions which the stories answer.
func (c *conversation) help() {
	c.say("Ask in plain words, or with a command:")
	for _, k := range commands() {
		c.line(fmt.Sprintf("  %-15s %s", strings.TrimSpace("/"+k.name+" "+k.arguments), faint.Render(k.help)))
	}
	examples := c.x.Examples("")
	if len(examples) == 0 {
		return
	}
	c.line("")
	c.say("Questions to try:")
	for _, q := range examples[:min(len(examples), 3)] {
		c.line("  " + q.String())
	}
}

// someName is a name out of the stories, for examples.
func (c *conversation) someName() string {
	if names := c.x.Names("", "", 1); len(names) > 0 {
		return names[0]
	}
	return "the end"
}
