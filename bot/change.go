package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbatim/corpus"
)

// changed says what became of a library: what was added, replaced, removed and refused, with
// questions to try and a button that takes it back.
func changed(c corpus.Change) reply {
	done, refused := outcomes(c.Stories)
	var lines []string
	switch {
	case len(done) == 1:
		lines = append(lines, outcome(done[0])+indexedIn(c)+".")
	case len(done) > 1:
		lines = append(lines, counted(len(done), "story", "stories")+indexedIn(c)+":")
		for _, s := range done {
			lines = append(lines, "- "+outcome(s))
		}
	}
	if len(done) > 0 && len(refused) > 0 {
		lines = append(lines, "Not added:")
	}
	for _, s := range refused {
		line := escape(s.Refused.Error())
		if len(done)+len(refused) > 1 {
			line = "- " + line
		}
		lines = append(lines, line)
	}
	return undoable(lines, c)
}

// undone says what became of a library when a change was taken back.
func undone(c corpus.Change) reply {
	lines := []string{"Undone."}
	for _, s := range c.Stories {
		if s.Removed {
			lines = append(lines, titled(s)+" is no longer in the library.")
			continue
		}
		lines = append(lines, titled(s)+" is as it was before: "+extent(s.Entry)+".")
	}
	return undoable(lines, c)
}

// undoable makes a reply of lines, with what else is to be said about a change.
func undoable(lines []string, c corpus.Change) reply {
	r := notice("")
	last := ""
	if c.Revision != 0 && !c.Undo.IsZero() {
		r.buttons = []button{undoButton(c)}
		last = "-# Undo works until " + stamp(c.Undo, 't') + "."
		if !c.Erased.IsZero() && slices.ContainsFunc(c.Stories, losesText) {
			last += " Then the text that was removed is erased, by " + stamp(c.Erased, 'f') + " at the latest."
		}
	}
	if c.Revision != 0 && len(c.Examples) > 0 {
		lines = append(lines, "Try:")
		for _, q := range c.Examples {
			lines = append(lines, "- "+shownQuestion(q))
		}
	}
	r.content = fitted(lines, last)
	return r
}

func losesText(s corpus.StoryChange) bool { return s.Removed || s.Replaced && s.Gone > 0 }

// outcomes parts what was done from what was refused.
func outcomes(stories []corpus.StoryChange) (done, refused []corpus.StoryChange) {
	for _, s := range stories {
		if s.Refused != nil {
			refused = append(refused, s)
		} else {
			done = append(done, s)
		}
	}
	return done, refused
}

// outcome says what became of one story, without a full stop.
func outcome(s corpus.StoryChange) string {
	switch {
	case s.Removed:
		return titled(s) + " is removed"
	case s.Replaced && s.New == 0 && s.Gone == 0:
		return titled(s) + " is here already, word for word; nothing has changed"
	case s.Replaced:
		return fmt.Sprintf("%s is replaced: %s kept, %d new, %d gone", titled(s), counted(s.Kept, "passage", "passages"), s.New, s.Gone)
	}
	return titled(s) + ": " + extent(s.Entry)
}

// titled is the title of a story.
func titled(s corpus.StoryChange) string { return "*" + shortly(s.Entry.Title) + "*" }

// extent is how long a story is.
func extent(e corpus.Entry) string {
	passages := counted(e.Passages, "passage", "passages")
	if e.Sections == 0 {
		return passages
	}
	return counted(e.Sections, "section", "sections") + ", " + passages
}

// indexedIn says how long a change took where something was indexed.
func indexedIn(c corpus.Change) string {
	indexed := func(s corpus.StoryChange) bool { return !s.Removed && s.Refused == nil }
	if c.Revision == 0 || !slices.ContainsFunc(c.Stories, indexed) {
		return ""
	}
	return fmt.Sprintf(", indexed in %.1f s", max(c.Took.Seconds(), .1))
}

// stamp is a point in time as Discord shows it in each person's own time zone; the style is one
// of Discord's letters.
func stamp(t time.Time, style byte) string {
	return "<t:" + strconv.FormatInt(t.Unix(), 10) + ":" + string(style) + ">"
}

// shownQuestion is a question to copy.
func shownQuestion(q corpus.Question) string {
	return "`" + strings.ReplaceAll(clip(clean(q.String()), mostChoice), "`", "'") + "`"
}

// fitted joins as many lines as a message holds, and says how many it leaves out. The last one is
// always there.
func fitted(lines []string, last string) string {
	const more = "-# and 000 lines more"
	room := mostContent - units(last) - len("\n\n") - len(more)
	text := ""
	for n, line := range lines {
		line = clipUnits(line, mostContent/4)
		if units(text)+1+units(line) > room {
			text += "\n" + strings.Replace(more, "000", strconv.Itoa(len(lines)-n), 1)
			break
		}
		text += "\n" + line
	}
	return strings.Trim(text+"\n"+last, "\n")
}
