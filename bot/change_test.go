package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/corpus"
)

func entry(title string) corpus.Entry {
	return corpus.Entry{ID: "abcdefgh", Title: title, Sections: 12, Passages: 212, Bytes: 48213, Added: time.Unix(1700000000, 0), AddedBy: "400000000000000001"}
}

// change is one that can be undone.
func change(stories ...corpus.StoryChange) corpus.Change {
	return corpus.Change{Revision: 7, Stories: stories, Took: 420 * time.Millisecond, Undo: time.Unix(1700000900, 0), Erased: time.Unix(1700001800, 0),
		Examples: []corpus.Question{{Command: corpus.Who, Text: "Mara Lind"}, {Command: corpus.When, Text: "the vote"}, {Text: "Who built the `north` pier?"}}}
}

func TestChanged_goldens(t *testing.T) {
	t.Parallel()
	guide, hostile := entry("Field guide"), entry("# **a** <@1> [x](http://y) `z`\n> q \u202e")
	refused := corpus.StoryChange{Name: "x.txt", Refused: corpus.Refuse("%q is empty.", "_x_ <@1>.txt")}
	unchanged := change(corpus.StoryChange{Entry: guide, Replaced: true, Kept: 212})
	unchanged.Revision = 0
	removed := change(corpus.StoryChange{Entry: guide, Removed: true})
	removed.Examples = nil
	for name, r := range map[string]reply{
		"library-added":     changed(change(corpus.StoryChange{Entry: guide})),
		"library-several":   changed(change(corpus.StoryChange{Entry: guide}, corpus.StoryChange{Entry: hostile}, refused)),
		"library-replaced":  changed(change(corpus.StoryChange{Entry: guide, Replaced: true, Kept: 1, New: 12, Gone: 3})),
		"library-unchanged": changed(unchanged),
		"library-removed":   changed(removed),
		"library-refused":   changed(corpus.Change{Stories: []corpus.StoryChange{refused}}),
		"library-undone":    undone(removed),
		"library-restored":  undone(change(corpus.StoryChange{Entry: guide})),
		"library-list":      listed([]corpus.Entry{guide, hostile}, 0),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, r)
		})
	}
}

func TestChanged_fits_a_message(t *testing.T) {
	t.Parallel()
	var stories []corpus.StoryChange
	for n := range 30 {
		stories = append(stories, corpus.StoryChange{Entry: entry(strings.Repeat("*", 70) + fmt.Sprint(n))},
			corpus.StoryChange{Refused: corpus.Refuse("%q is empty.", strings.Repeat("_", 300))})
	}
	r := changed(change(stories...))
	if n := units(r.content); n > mostContent || !strings.Contains(r.content, " lines more") || !strings.Contains(r.content, "Undo works until") {
		t.Errorf("%d units: %s", n, r.content)
	}
	own := []corpus.Entry{}
	for range mostOwn {
		own = append(own, entry(strings.Repeat("*", 200)))
	}
	if n := units(listed(own, 0).content); n > mostContent {
		t.Errorf("a list of %d units", n)
	}
}

func FuzzChanged(f *testing.F) {
	f.Add("Field guide", "is empty.", int64(3))
	f.Add("*", "_", int64(0))
	f.Fuzz(func(t *testing.T, title, sentence string, revision int64) {
		c := change(corpus.StoryChange{Entry: entry(title)}, corpus.StoryChange{Refused: corpus.Refuse("%s", sentence)})
		c.Revision = max(1, revision)
		c.Examples = []corpus.Question{{Text: title}}
		r := changed(c)
		if n := units(r.content); n > mostContent || strings.Count(r.content, "\n") > 8 {
			t.Errorf("%d units: %q", n, r.content)
		}
		for _, b := range r.buttons {
			if p, ok := parseID(b.id); !ok || len(b.id) > mostID || p.number != c.Revision || !p.until.Equal(c.Undo) {
				t.Errorf("%q: %+v", b.id, p)
			}
		}
	})
}
