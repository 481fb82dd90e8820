package bot

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/bot/discordtest"
	"verbatim/corpus"
)

var moderator = discordtest.Actor{Permissions: discordtest.ManageServer}

// added adds a file and returns the answer.
func (w *world) added(a discordtest.Actor, name, content string) *discordtest.Interaction {
	w.t.Helper()
	return w.SlashAs(a, "library add", discordtest.Args{"file": w.Attach(name, []byte(content))})
}

func (w *world) titles() (titles []string) {
	for _, e := range w.oracle.kept.entries(discordtest.GuildID) {
		titles = append(titles, e.Title)
	}
	return titles
}

func TestLibrary_adds_replaces_removes_and_undoes(t *testing.T) {
	t.Parallel()
	w := start(t)
	r := w.added(moderator, "field_guide.txt", "The lighthouse was built in 1871.")
	for _, part := range []string{`*field\_guide*: 12 sections, 212 passages, indexed in 0.4 s.`, "- `/who Orla Quill`", "Undo works until <t:"} {
		if !strings.Contains(r.Content(), part) {
			t.Errorf("/library add: %q lacks %q", r.Content(), part)
		}
	}
	if !r.Ephemeral() {
		t.Error("/library add is answered in public")
	}
	if d := w.oracle.kept.drafts[0]; d.AddedBy != discordtest.UserID || string(d.Content) != "The lighthouse was built in 1871." {
		t.Errorf("the draft is %+v", d)
	}
	again := w.added(moderator, "field_guide.txt", "The lighthouse was built in 1872.")
	if !strings.Contains(again.Content(), `*field\_guide* is replaced: 200 passages kept, 12 new, 3 gone, indexed in`) || !strings.Contains(again.Content(), "is erased, by <t:") {
		t.Errorf("adding it again: %s", again.Content())
	}
	choices := w.CompleteAs(moderator, "library remove", "story", "FIELD")
	if got := choices.Choices(); len(got) != 1 || got[0] != "field_guide" {
		t.Errorf("offered: %q", got)
	}
	removed := w.SlashAs(moderator, "library remove", discordtest.Args{"story": "Field_Guide"})
	if !strings.HasPrefix(removed.Content(), `*field\_guide* is removed.`) || len(w.titles()) != 0 {
		t.Errorf("/library remove: %s; there is %q", removed.Content(), w.titles())
	}
	undo := removed.Buttons()["Undo"]
	if r := w.PressAs(discordtest.Actor{}, undo); r.Type != 4 || !strings.Contains(r.Content(), "Manage Server") || len(w.titles()) != 0 {
		t.Errorf("Undo of somebody without rights: type %v: %s", r.Type, r.Content())
	}
	if r := w.PressAs(moderator, undo); r.Type != 7 || !strings.Contains(r.Content(), `*field\_guide* is as it was before:`) || len(w.titles()) != 1 {
		t.Errorf("Undo: type %v: %s", r.Type, r.Content())
	}
	if r := w.PressAs(moderator, undo); !strings.Contains(r.Content(), "undone already") || len(r.Buttons()) != 0 {
		t.Errorf("a second Undo: %s", r.Content())
	}
	if r := w.PressAs(moderator, undoButton(corpus.Change{Revision: 4, Undo: time.Now().Add(-time.Second)}).id); !strings.Contains(r.Content(), "time to undo this is over") {
		t.Errorf("Undo too late: %s", r.Content())
	}
	if r := w.SlashAs(moderator, "library remove", discordtest.Args{"story": "own99999"}); !strings.Contains(r.Content(), "no story called “own99999”") {
		t.Errorf("removing what is not there: %s", r.Content())
	}
	if r := w.SlashAs(moderator, "library remove", discordtest.Args{"story": "The harbour papers"}); !strings.Contains(r.Content(), "whoever runs this bot") {
		t.Errorf("removing the operator's: %s", r.Content())
	}
}

func TestLibrary_is_changed_by_those_who_may(t *testing.T) {
	t.Parallel()
	w := start(t)
	member := discordtest.Actor{Roles: []string{"700000000000000007"}}
	w.added(moderator, "kept.txt", "Kept.")
	try := func(a discordtest.Actor) (answers []*discordtest.Interaction) {
		return []*discordtest.Interaction{
			w.added(a, "mine.txt", "Mine."),
			w.SlashAs(a, "library remove", discordtest.Args{"story": "kept"}),
			w.SlashAs(a, "library list", nil),
			w.SlashAs(a, "library export", nil),
			w.SlashAs(a, "library forget", nil),
			w.SlashAs(a, "library role", discordtest.Args{"role": discordtest.Role("700000000000000007")}),
			w.OnMessageAs(a, addToLibrary, map[string]any{"content": "Some words."}),
			w.PressAs(a, undoButton(corpus.Change{Revision: 1, Undo: time.Now().Add(time.Minute)}).id),
			w.PressAs(a, actForget+"/"),
			w.PressAs(a, pageButton("More", 0).id),
		}
	}
	for _, r := range try(member) {
		if !r.Ephemeral() || !strings.Contains(r.Content(), "permission Manage Server") || len(r.Files) > 0 {
			t.Errorf("%s of a member: %s", r.Name, r.Content())
		}
	}
	for _, r := range try(discordtest.Actor{Direct: true, Permissions: discordtest.ManageServer}) {
		if !strings.Contains(r.Content(), "belongs to a server") {
			t.Errorf("%s in a direct message: %s", r.Name, r.Content())
		}
	}
	if got := fmt.Sprint(w.titles()); got != "[kept]" {
		t.Fatalf("there is %s", got)
	}
	if r := w.SlashAs(moderator, "library role", discordtest.Args{"role": discordtest.Role("700000000000000007")}); !strings.Contains(r.Content(), "<@&700000000000000007>") || !strings.Contains(r.Content(), "Integrations") {
		t.Errorf("/library role: %s", r.Content())
	}
	if r := w.added(member, "mine.txt", "Mine."); !strings.Contains(r.Content(), "*mine*") {
		t.Errorf("a member with the role adds: %s", r.Content())
	}
	for _, command := range []string{"library role", "library forget"} {
		if r := w.SlashAs(member, command, nil); !strings.Contains(r.Content(), "Only members with the permission Manage Server may do this") {
			t.Errorf("/%s of a member with the role: %s", command, r.Content())
		}
	}
	if r := w.SlashAs(moderator, "library role", discordtest.Args{"role": discordtest.Role(discordtest.GuildID)}); !strings.Contains(r.Content(), "everybody") {
		t.Errorf("the role of everybody: %s", r.Content())
	}
	w.SlashAs(moderator, "library role", nil)
	if r := w.added(member, "other.txt", "Other."); !strings.Contains(r.Content(), "Manage Server") {
		t.Errorf("after the role was taken back: %s", r.Content())
	}
	elsewhere := moderator
	elsewhere.Guild = "200000000000000002"
	if r := w.SlashAs(elsewhere, "library remove", discordtest.Args{"story": "kept"}); !strings.Contains(r.Content(), "no story called") {
		t.Errorf("a moderator of another server: %s", r.Content())
	}
}

func TestLibrary_takes_several_files_and_says_what_became_of_each(t *testing.T) {
	t.Parallel()
	w := start(t)
	args := discordtest.Args{}
	for n := range mostFiles {
		content := "Good."
		if n%4 == 3 {
			content = "bad"
		}
		args[fileOption(n)] = w.Attach(fmt.Sprintf("part_%d.txt", n), []byte(content))
	}
	r := w.SlashAs(moderator, "library add", args)
	if len(w.titles()) != 8 || !strings.HasPrefix(r.Content(), "8 stories, indexed in 0.4 s:\n- *part\\_0*: 12 sections") || !strings.Contains(r.Content(), `- "part\_3.txt" holds no text`) {
		t.Errorf("%d stories: %s", len(w.titles()), r.Content())
	}
	args["title"] = "All of them"
	if r := w.SlashAs(moderator, "library add", args); !strings.Contains(r.Content(), "A title is for one story") {
		t.Errorf("a title for many: %s", r.Content())
	}
}

func TestLibrary_refuses_files_that_are_not_what_Discord_says(t *testing.T) {
	t.Parallel()
	w := start(t)
	for name, c := range map[string]struct {
		spoil func(*discordtest.Attachment)
		says  string
	}{
		"larger than said":  {func(a *discordtest.Attachment) { a.Size-- }, "not as large as Discord says"},
		"smaller than said": {func(a *discordtest.Attachment) { a.Size++ }, "not as large as Discord says"},
		"too large":         {func(a *discordtest.Attachment) { a.Size = mostFile + 1 }, "larger than 32 MB"},
		"empty":             {func(a *discordtest.Attachment) { a.Size, a.Content = 0, nil }, "is empty"},
		"redirected":        {func(a *discordtest.Attachment) { a.Redirect = w.URL + "/secret" }, "could not be fetched"},
		"elsewhere":         {func(a *discordtest.Attachment) { a.URL = "https://example.com/attachments/1/x?hm=1" }, "does not lie with Discord"},
		"with a user":       {func(a *discordtest.Attachment) { a.URL = "https://cdn.discordapp.com@example.com/x" }, "does not lie with Discord"},
		"without TLS":       {func(a *discordtest.Attachment) { a.URL = "http://cdn.discordapp.com/x" }, "does not lie with Discord"},
		"gone":              {func(a *discordtest.Attachment) { a.URL = w.URL + "/attachments/1/file?hm=2" }, "could not be fetched"},
	} {
		file := w.Attach("file.txt", []byte("Some words."))
		c.spoil(file)
		if r := w.SlashAs(moderator, "library add", discordtest.Args{"file": file}); !strings.Contains(r.Content(), c.says) || strings.Contains(r.Content(), "127.0.0.1") {
			t.Errorf("%s: %s", name, r.Content())
		}
	}
	if len(w.titles()) != 0 {
		t.Errorf("there is %q", w.titles())
	}
	if strings.Contains(w.log.String(), "hm=2") {
		t.Error("the address of an attachment stands in the log")
	}
}

func TestLibrary_shows_where_it_stands(t *testing.T) {
	t.Parallel()
	w := start(t)
	i := w.SendAs(moderator, "library add", discordtest.Args{"file": w.Attach("long.txt", []byte("slow"))})
	<-w.oracle.kept.began
	w.Says(i, "Indexing: 3 of 212 passages…")
	close(w.oracle.kept.hold)
	w.Says(i, "*long*: 12 sections")
	if i.Type != 5 || len(i.Shown) == 0 {
		t.Errorf("type %v, shown before %q", i.Type, i.Shown)
	}
}

func TestLibrary_tells_that_it_stopped_when_the_bot_ends(t *testing.T) {
	t.Parallel()
	w := start(t)
	i := w.SendAs(moderator, "library add", discordtest.Args{"file": w.Attach("long.txt", []byte("slow"))})
	<-w.oracle.kept.began
	w.stop()
	w.Says(i, "I am being restarted")
	if err := w.end(); err != nil || len(w.titles()) != 0 {
		t.Errorf("Run returned %v; there is %q", err, w.titles())
	}
}

func TestLibrary_survives_a_panic(t *testing.T) {
	t.Parallel()
	w := start(t)
	if r := w.added(moderator, "x.txt", "explode"); !strings.Contains(r.Content(), "Reference ") || strings.Contains(r.Content(), "fell in") {
		t.Errorf("got %s", r.Content())
	}
	w.added(moderator, "y.txt", "fine")
}

func TestLibrary_makes_stories_of_messages(t *testing.T) {
	t.Parallel()
	w := start(t)
	author := map[string]any{"id": "1", "username": "bob", "global_name": "Bob **B**"}
	text := "# The *ferry* timetable for the summer of next year, with all of its exceptions\nIt leaves at nine. Ask <@5>."
	r := w.OnMessageAs(moderator, addToLibrary, map[string]any{"content": text, "author": author, "timestamp": "2026-05-03T10:00:00Z",
		"mentions": []any{map[string]any{"id": "5", "username": "carol"}}})
	title := "The *ferry* timetable for the summer of next year, with all… (Bob **B**, 3 May 2026)"
	if got := w.titles(); len(got) != 1 || got[0] != title {
		t.Errorf("titles %q, want %q", got, title)
	}
	if !strings.Contains(r.Content(), `Bob \*\*B\*\*`) {
		t.Errorf("got %s", r.Content())
	}
	if d := w.oracle.kept.drafts[0]; !strings.HasSuffix(string(d.Content), "Ask @carol.") {
		t.Errorf("the text is %q", d.Content)
	}
	w.OnMessageAs(moderator, addToLibrary, map[string]any{"content": "Here it is:"}, w.Attach("one.txt", []byte("One.")), w.Attach("two.txt", []byte("Two.")))
	if got := w.titles(); len(got) != 3 || got[2] != "two" {
		t.Errorf("titles %q", got)
	}
	forwarded := map[string]any{"content": "", "message_snapshots": []any{map[string]any{"message": map[string]any{"content": "Forwarded words."}}}}
	w.OnMessageAs(moderator, addToLibrary, forwarded)
	if got := w.titles(); len(got) != 4 || got[3] != "Forwarded words." {
		t.Errorf("titles %q", got)
	}
	if r := w.OnMessageAs(moderator, addToLibrary, map[string]any{"content": " \n"}); !strings.Contains(r.Content(), "nothing to add") {
		t.Errorf("an empty message: %s", r.Content())
	}
}

func TestLibrary_lists_on_pages(t *testing.T) {
	t.Parallel()
	w := start(t)
	if r := w.SlashAs(moderator, "library list", nil); !strings.Contains(r.Content(), "no stories of its own yet") {
		t.Errorf("an empty list: %s", r.Content())
	}
	for n := range mostOwn + 2 {
		w.added(moderator, fmt.Sprintf("%s_%02d.txt", strings.Repeat("*", 70), n), "Words.")
	}
	first := w.SlashAs(moderator, "library list", nil)
	if !strings.Contains(first.Content(), "12 stories") || !strings.Contains(first.Content(), "added <t:1700000000:d> by <@"+discordtest.UserID+">") || !strings.Contains(first.Content(), "page 1 of 2") {
		t.Errorf("the first page: %s", first.Content())
	}
	second := w.PressAs(moderator, first.Buttons()["More"])
	if second.Type != 7 || strings.Count(second.Content(), "\n- ") != 2 || second.Buttons()["Back"] == "" || second.Buttons()["More"] != "" {
		t.Errorf("the second page: %s", second.Content())
	}
	if r := w.PressAs(moderator, pageButton("More", 99).id); !strings.Contains(r.Content(), "page 2 of 2") {
		t.Errorf("a page that is gone: %s", r.Content())
	}
	stories := w.Slash("stories", nil).Content()
	if !strings.Contains(stories, "This server has 12 stories of its own:") || !strings.Contains(stories, "And there is for every server:\n- **The harbour papers**") {
		t.Errorf("/stories: %s", stories)
	}
}

func TestLibrary_hands_out_and_forgets_all(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.added(moderator, "kept.txt", "Kept.")
	r := w.SlashAs(moderator, "library export", nil)
	if len(r.Files) != 1 || string(r.Files[0].Content) != "PK an archive" || !strings.HasSuffix(r.Files[0].Name, ".zip") || !r.Ephemeral() {
		t.Errorf("/library export: %s, files %v", r.Content(), r.Files)
	}
	w.oracle.kept.export = bytes.Repeat([]byte("x"), mostUpload+1)
	if r := w.SlashAs(moderator, "library export", nil); len(r.Files) != 0 || !strings.Contains(r.Content(), "larger than the 10 MB") {
		t.Errorf("a large export: %s", r.Content())
	}
	ask := w.SlashAs(moderator, "library forget", nil)
	if !strings.Contains(ask.Content(), "1 story") || len(w.titles()) != 1 {
		t.Errorf("/library forget: %s", ask.Content())
	}
	if r := w.PressAs(moderator, ask.Buttons()["Erase all of it"]); !strings.Contains(r.Content(), "is erased") || len(r.Buttons()) != 0 || len(w.titles()) != 0 {
		t.Errorf("erasing: %s; there is %q", r.Content(), w.titles())
	}
}

func TestLibrary_without_a_keeper_names_who_keeps_the_stories(t *testing.T) {
	t.Parallel()
	w := start(t, func(o *Options) { o.Keeper = nil })
	if r := w.added(moderator, "x.txt", "Words."); !strings.Contains(r.Content(), "VERBATIM") {
		t.Errorf("got %s", r.Content())
	}
	w.Join(discordtest.Guild{ID: "200000000000000009", Everyone: discordtest.ViewChannel | discordtest.SendMessages})
	w.Slash("help", nil)
}

// pages fetches made pages.
type pages struct{}

func (pages) Fetch(_ context.Context, address string) (name string, raw []byte, err error) {
	if strings.Contains(address, "127.0.0.1") {
		return "", nil, corpus.Refuse("That address is not on the public web.")
	}
	return "A page.html", []byte("<p>Words."), nil
}

func TestLibrary_fetches_pages_where_it_may(t *testing.T) {
	t.Parallel()
	w := start(t)
	address := discordtest.Args{"address": "https://example.com/a"}
	if r := w.SlashAs(moderator, "library add", address); !strings.Contains(r.Content(), "Web pages are not fetched here") {
		t.Errorf("where it may not: %s", r.Content())
	}
	w = start(t, func(o *Options) { o.Fetcher = pages{} })
	if r := w.SlashAs(moderator, "library add", address); !strings.Contains(r.Content(), "*A page.html*") {
		t.Errorf("a page: %s", r.Content())
	}
	if r := w.SlashAs(moderator, "library add", discordtest.Args{"address": "http://127.0.0.1/"}); !strings.Contains(r.Content(), "not on the public web") {
		t.Errorf("a page of the machine itself: %s", r.Content())
	}
	if r := w.SlashAs(moderator, "library add", nil); !strings.Contains(r.Content(), "give the address") {
		t.Errorf("nothing: %s", r.Content())
	}
}

func TestGreeting_comes_once_where_the_bot_may_write(t *testing.T) {
	t.Parallel()
	w := start(t)
	const may = discordtest.ViewChannel | discordtest.SendMessages
	joined := func(g discordtest.Guild) {
		t.Helper()
		before, _ := w.oracle.kept.noted("")
		w.Join(g)
		w.eventually(g.ID+" is noted", func() bool { now, _ := w.oracle.kept.noted(""); return now > before })
	}
	joined(discordtest.Guild{ID: "200000000000000010", Everyone: may, Joined: time.Now().Add(-time.Hour), Channels: []discordtest.Channel{{ID: "301"}}})
	joined(discordtest.Guild{ID: "200000000000000011", Everyone: may, Channels: []discordtest.Channel{{ID: "311", Denied: discordtest.SendMessages}, {ID: "312", Type: 2}}})
	fresh := discordtest.Guild{ID: "200000000000000012", Everyone: may, SystemChannel: "322", Channels: []discordtest.Channel{{ID: "321"}, {ID: "322", Position: 5}}}
	joined(fresh)
	m := w.Messages(1)
	text := m[0].Body["content"].(string)
	if m[0].Channel != "322" || !strings.Contains(text, "**The harbour papers**") || !strings.Contains(text, "- `/who Mara Lind`") || !strings.Contains(text, "/library forget") {
		t.Errorf("the greeting in %s: %s", m[0].Channel, text)
	}
	w.Leave(fresh.ID, true)
	fresh.Joined = time.Now().Add(-time.Second)
	joined(fresh)
	w.Leave(fresh.ID, false)
	w.eventually("the server is forgotten", func() bool { _, known := w.oracle.kept.noted(corpus.LibraryID(fresh.ID)); return !known })
	fresh.Joined = time.Now()
	joined(fresh)
	if m := w.Messages(2); len(m) != 2 {
		t.Errorf("%d greetings", len(m))
	}
}

func TestGreeting_golden(t *testing.T) {
	t.Parallel()
	w := launch(t, discordtest.New(t, discordtest.Options{}))
	golden(t, "greeting", w.bot.greeting("1"))
	golden(t, "help", w.bot.help("1"))
	golden(t, "stories", w.bot.stories("1"))
}

func TestBot_notices_the_servers_that_removed_it_meanwhile(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Join(discordtest.Guild{ID: discordtest.GuildID})
	w.Join(discordtest.Guild{ID: "200000000000000013"})
	w.eventually("both are noted", func() bool { joins, _ := w.oracle.kept.noted(""); return joins == 2 })
	w.Invalidate()
	w.eventually("the one that Discord names no more is left", func() bool {
		_, first := w.oracle.kept.noted(discordtest.GuildID)
		_, second := w.oracle.kept.noted("200000000000000013")
		return first && !second
	})
}
