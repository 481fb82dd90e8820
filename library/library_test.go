package library_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/corpus/reader"
	"verbatim/corpus/sqlite"
	"verbatim/library"
)

const (
	home  = corpus.LibraryID("100000000000000001")
	other = corpus.LibraryID("100000000000000002")
)

const lighthouse = "# The lighthouse\n\nThe lighthouse of Cape Wendel was built in 1871.\n\n" +
	"The keeper Orla Quill painted the lantern room green after the great storm.\n\n" +
	"Her brother Matti Quill repaired the fog horn with parts of an old organ.\n"

const harbour = "# The harbour\n\nThe council chose Mara Lind, 34, as harbour master on 3 May.\n\nTwo members abstained.\n"

// house is libraries over a data folder.
type house struct {
	*library.Libraries
	store  *sqlite.Store
	folder string
}

func open(t testing.TB, folder string, o library.Options) *house {
	t.Helper()
	h, err := openHouse(folder, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.close)
	return h
}

func openHouse(folder string, o library.Options) (*house, error) {
	store, err := sqlite.Open(context.Background(), filepath.Join(folder, "library.db"))
	if err != nil {
		return nil, err
	}
	o.Folder = filepath.Join(folder, "index")
	l, err := library.New(context.Background(), store, new(reader.Reader), o)
	return &house{l, store, folder}, err
}

func (h *house) close() {
	h.Libraries.Close()
	h.store.Close()
}

func draft(name, content string) corpus.Draft {
	return corpus.Draft{Name: name, Content: []byte(content), AddedBy: "7"}
}

func (h *house) add(t testing.TB, id corpus.LibraryID, drafts ...corpus.Draft) corpus.Change {
	t.Helper()
	c, err := h.Add(context.Background(), id, drafts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// says is the sentence that answers a question in a library, or its outcome.
func (h *house) says(t testing.TB, id corpus.LibraryID, question string) string {
	t.Helper()
	q := corpus.ParseQuestion(question)
	q.Library = id
	a, err := h.Answer(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if a.Outcome != corpus.Answered {
		return string(a.Outcome)
	}
	return a.Quotes[0].SentenceText()
}

const green = "The keeper Orla Quill painted the lantern room green after the great storm."

func refusal(err error) string {
	var r *corpus.Refusal
	if !errors.As(err, &r) {
		return fmt.Sprintf("no refusal: %v", err)
	}
	return r.Error()
}

func TestAdd_is_for_its_server_alone_and_outlives_a_restart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	h := open(t, folder, library.Options{})
	if err := h.SetOperator(t.Context(), []*corpus.Story{reader.BuiltIn()}); err != nil {
		t.Fatal(err)
	}
	var progress []corpus.Progress
	c, err := h.Add(t.Context(), home, []corpus.Draft{draft("lighthouse.md", lighthouse), draft("harbour.md", harbour)},
		func(p corpus.Progress) { progress = append(progress, p) })
	if err != nil || len(c.Stories) != 2 || c.Revision == 0 || c.Took == 0 || c.Undo.IsZero() || !c.Erased.IsZero() {
		t.Fatalf("%+v, %v", c, err)
	}
	if e := c.Stories[0].Entry; e.Title != "The lighthouse" || e.Passages != 3 || e.Sections != 1 || e.AddedBy != "7" || e.Added.IsZero() {
		t.Errorf("listed as %+v", e)
	}
	if last := progress[len(progress)-1]; progress[0].Draft != "lighthouse.md" || last.Indexed != 5 || last.Passages != 5 {
		t.Errorf("progress %+v", progress)
	}
	if len(c.Examples) == 0 {
		t.Error("no examples")
	}
	for _, q := range c.Examples {
		if got := h.says(t, home, q.String()); !strings.Contains(lighthouse+harbour, got) {
			t.Errorf("the example %q is answered by %q", q, got)
		}
	}
	for range 2 {
		for id, want := range map[corpus.LibraryID]string{home: green, other: "silence", "": "silence"} {
			if got := h.says(t, id, "Who painted the lantern room green?"); got != want {
				t.Errorf("in %q: %q, want %q", id, got, want)
			}
		}
		if got := h.says(t, home, "Who is Alexandr Wang?"); !strings.Contains(got, "Wang") {
			t.Errorf("the operator's story says %q", got)
		}
		if n := len(h.Entries(home)); n != 3 || len(h.Entries(other)) != 1 || len(h.Entries("")) != 1 {
			t.Errorf("%d stories at home, %d elsewhere", n, len(h.Entries(other)))
		}
		if names := h.Names(home, "orl", 5); len(names) == 0 || names[0] != "Orla Quill" || len(h.Names(other, "orl", 5)) > 0 && h.Names(other, "orl", 5)[0] == "Orla Quill" {
			t.Errorf("names %q, elsewhere %q", names, h.Names(other, "orl", 5))
		}
		s, found := h.Story(home, c.Stories[0].Entry.ID)
		if _, elsewhere := h.Story(other, c.Stories[0].Entry.ID); !found || elsewhere || s.Title != "The lighthouse" {
			t.Errorf("the story is found: %v, elsewhere: %v", found, elsewhere)
		}
		h.close()
		h = open(t, folder, library.Options{})
		if err := h.SetOperator(t.Context(), []*corpus.Story{reader.BuiltIn()}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAdd_replaces_a_story_of_the_same_title(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	first := h.add(t, home, draft("lighthouse.md", lighthouse))
	second := h.add(t, home, draft("new.md", strings.Replace(lighthouse, "green", "red", 1)+"\nIt was sold in 1990.\n"))
	s := second.Stories[0]
	if !s.Replaced || s.Kept != 2 || s.New != 2 || s.Gone != 1 || second.Undo.IsZero() || !second.Erased.After(second.Undo) {
		t.Errorf("%+v", second)
	}
	if got := h.says(t, home, "Who painted the lantern room?"); !strings.Contains(got, "red") {
		t.Errorf("it says %q", got)
	}
	if same := h.add(t, home, draft("again.md", strings.Replace(lighthouse, "green", "red", 1)+"\nIt was sold in 1990.\n")); same.Revision != 0 || same.Stories[0].Kept != 4 {
		t.Errorf("the same story again: %+v", same)
	}
	undone, err := h.Undo(t.Context(), home, second.Revision)
	if err != nil || len(undone.Stories) != 1 || !undone.Stories[0].Replaced || undone.Stories[0].Gone != 2 {
		t.Fatalf("%+v, %v", undone, err)
	}
	if got := h.says(t, home, "Who painted the lantern room?"); got != green {
		t.Errorf("after undo it says %q", got)
	}
	if again, err := h.Undo(t.Context(), home, undone.Revision); err != nil || again.Stories[0].New != 2 {
		t.Errorf("undoing the undo: %+v, %v", again, err)
	}
	if _, err := h.Undo(t.Context(), home, first.Revision); !strings.Contains(refusal(err), "no longer be undone") {
		t.Errorf("undoing the addition of what was replaced: %v", err)
	}
}

func TestUndo_takes_back_what_was_added(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	h.add(t, home, draft("harbour.md", harbour))
	c := h.add(t, home, draft("lighthouse.md", lighthouse))
	undone, err := h.Undo(t.Context(), home, c.Revision)
	if err != nil || len(undone.Stories) != 1 || !undone.Stories[0].Removed || undone.Erased.IsZero() || len(h.Entries(home)) != 1 {
		t.Fatalf("%+v, %v", undone, err)
	}
	if _, err := h.Undo(t.Context(), home, c.Revision); !strings.Contains(refusal(err), "undone already") {
		t.Errorf("undone twice: %v", err)
	}
	if _, err := h.Undo(t.Context(), home, undone.Revision); err != nil || h.says(t, home, "Who painted the lantern room green?") != green {
		t.Errorf("undoing the undo: %v", err)
	}
}

func TestRemove_can_be_undone_once(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	id := h.add(t, home, draft("lighthouse.md", lighthouse)).Stories[0].Entry.ID
	c, err := h.Remove(t.Context(), home, id, "7")
	if err != nil || !c.Stories[0].Removed || c.Undo.IsZero() {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := h.says(t, home, "Who painted the lantern room green?"); got != "silence" {
		t.Errorf("it says %q", got)
	}
	for range 2 { // the second is refused, and changes nothing
		h.Undo(t.Context(), home, c.Revision)
		if got := h.says(t, home, "Who painted the lantern room green?"); got != green {
			t.Errorf("it says %q", got)
		}
	}
	if _, err := h.Undo(t.Context(), other, c.Revision); refusal(err) == "" || len(h.Entries(other)) > 0 {
		t.Errorf("undone in another server: %v", err)
	}
}

func TestAdd_refuses_what_goes_beyond_the_limits(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{Limits: library.Limits{Stories: 2, Bytes: 1000, Passages: 6}})
	c := h.add(t, home,
		draft("a.md", "# A\n\nOne is here."), draft("long.md", "# Long\n\n"+strings.Repeat("Many words. ", 100)),
		draft("b.md", "# B\n\nOne a.\n\nTwo b.\n\nThree c.\n\nFour d.\n\nFive e.\n\nSix f."), draft("empty.txt", ""), draft("a.md", "# a\n\nTwo is here."),
		draft("c.md", "# C\n\nThree is here."), draft("d.md", "# D\n\nFour."))
	want := []string{"", "1000 B is the limit", "6 is the limit", "is empty", "Two of the files", "", "may keep 2 stories"}
	for i, s := range c.Stories {
		if want[i] == "" != (s.Refused == nil) || want[i] != "" && !strings.Contains(refusal(s.Refused), want[i]) {
			t.Errorf("%s: %v, want %q", s.Name, s.Refused, want[i])
		}
	}
	if n := len(h.Entries(home)); n != 2 {
		t.Errorf("%d stories", n)
	}
	if c := h.add(t, home, draft("a.md", "# A\n\nAnother.")); c.Stories[0].Refused != nil {
		t.Errorf("a replacement is no story more: %v", c.Stories[0].Refused)
	}
	if c := h.add(t, home, draft("bad.png", "\x89PNG\r\n\x1a\n\x00")); c.Revision != 0 || c.Stories[0].Refused == nil {
		t.Errorf("a picture: %+v", c)
	}
}

func TestQuestion_of_one_story_goes_to_that(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	if err := h.SetOperator(t.Context(), []*corpus.Story{reader.BuiltIn()}); err != nil {
		t.Fatal(err)
	}
	id := h.add(t, home, draft("lighthouse.md", lighthouse)).Stories[0].Entry.ID
	for question, story := range map[string]corpus.StoryID{"Who is Orla Quill?": id, "Who is Alexandr Wang?": reader.BuiltIn().ID} {
		for _, only := range []corpus.StoryID{id, reader.BuiltIn().ID} {
			a, err := h.Answer(t.Context(), corpus.Question{Text: question, Library: home, Story: only})
			if err != nil || (only == story) != (a.Outcome == corpus.Answered) {
				t.Errorf("%s in %s: %s, %v", question, only, a.Outcome, err)
			}
		}
	}
	if _, err := h.Remove(t.Context(), home, reader.BuiltIn().ID, "7"); !strings.Contains(refusal(err), "whoever runs this bot") {
		t.Errorf("removing the operator's: %v", err)
	}
	if a, err := h.Answer(t.Context(), corpus.Question{Text: "Who is Orla Quill?", Library: home, Story: "gone"}); err != nil || a.Outcome != corpus.Silence {
		t.Errorf("a story that is gone: %+v, %v", a, err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	for i, want := range []bool{true, false} {
		if greet, err := h.Joined(t.Context(), home); err != nil || greet != want {
			t.Errorf("joining for the %d. time: %v, %v", i+1, greet, err)
		}
	}
	if err := h.SetRole(t.Context(), home, "55"); err != nil {
		t.Fatal(err)
	}
	h.add(t, home, draft("lighthouse.md", lighthouse))
	if role, err := h.Role(t.Context(), home); err != nil || role != "55" {
		t.Errorf("role %q, %v", role, err)
	}
	if err := h.Forget(t.Context(), home); err != nil {
		t.Fatal(err)
	}
	role, err := h.Role(t.Context(), home)
	if greet, bad := h.Joined(t.Context(), home); err != nil || bad != nil || role != "" || greet || len(h.Entries(home)) > 0 {
		t.Errorf("after forgetting: role %q, %v; greet %v, %v; %d stories", role, err, greet, bad, len(h.Entries(home)))
	}
	if _, err := h.Role(t.Context(), "../../etc"); !strings.Contains(refusal(err), "ID of a server") {
		t.Errorf("an ID that is none: %v", err)
	}
}

func TestPresent_notices_the_servers_that_were_left_meanwhile(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	const awaited = corpus.LibraryID("100000000000000003")
	for _, id := range []corpus.LibraryID{home, other} {
		if _, err := h.Joined(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []corpus.LibraryID{home, other, awaited} {
		h.add(t, id, draft("lighthouse.md", lighthouse))
	}
	left := func() (ids []corpus.LibraryID) {
		for _, id := range []corpus.LibraryID{home, other, awaited} {
			if stored, err := h.store.Library(t.Context(), id); err != nil || !stored.Purge.IsZero() {
				ids = append(ids, id)
			}
		}
		return ids
	}
	if err := h.Present(t.Context(), []corpus.LibraryID{home}); err != nil || !slices.Equal(left(), []corpus.LibraryID{other}) {
		t.Errorf("left are %q: %v", left(), err)
	}
	if greet, err := h.Joined(t.Context(), other); err != nil || greet || len(left()) > 0 {
		t.Errorf("after joining again %q are left; greet %v, %v", left(), greet, err)
	}
}

func TestOtherProcess_is_noticed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	h, second := open(t, folder, library.Options{}), open(t, folder, library.Options{})
	go h.Run(t.Context())
	id := second.add(t, home, draft("lighthouse.md", lighthouse)).Stories[0].Entry.ID
	eventually(t, func() bool { return h.says(t, home, "Who painted the lantern room green?") == green })
	second.add(t, home, draft("harbour.md", harbour))
	eventually(t, func() bool { return strings.Contains(h.says(t, home, "Who is Mara Lind?"), "Mara") })
	if _, err := second.Remove(t.Context(), home, id, "7"); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return h.says(t, home, "Who painted the lantern room green?") == "silence" })
	if err := second.Forget(t.Context(), home); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return len(h.Entries(home)) == 0 })
}

func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("it never came to be")
}

func TestImport_brings_back_what_Export_wrote(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	h.add(t, home, draft("lighthouse.md", lighthouse), draft("harbour.md", harbour))
	if err := h.SetRole(t.Context(), home, "55"); err != nil {
		t.Fatal(err)
	}
	before, _, err := h.store.Stories(t.Context(), home)
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := errors.Join(h.Export(t.Context(), home, &archive), h.Forget(t.Context(), home)); err != nil {
		t.Fatal(err)
	}
	for id, role := range map[corpus.LibraryID]string{home: "55", other: ""} {
		c, err := h.Import(t.Context(), id, archive.Bytes(), nil)
		if err != nil || len(c.Stories) != 2 || len(c.Examples) == 0 {
			t.Fatalf("%+v, %v", c, err)
		}
		now, _, bad := h.store.Stories(t.Context(), id)
		got, err := h.Role(t.Context(), id)
		if diff := cmp.Diff(before, now); diff != "" || err != nil || bad != nil || got != role {
			t.Errorf("role %q, %v %v\n%s", got, err, bad, diff)
		}
	}
	if c, err := h.Import(t.Context(), home, archive.Bytes(), nil); err != nil || c.Revision != 0 {
		t.Errorf("importing again: %+v, %v", c, err)
	}
}

func TestSilence_names_a_word_that_no_story_has(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir(), library.Options{})
	operator, err := reader.Read("harbour.md", []byte(harbour))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SetOperator(t.Context(), []*corpus.Story{operator}); err != nil {
		t.Fatal(err)
	}
	h.add(t, home, draft("lighthouse.md", lighthouse))
	for question, want := range map[string]string{
		"What is the capital of Germany?":            "“Germany” occurs nowhere in it.",
		"Did Einstein mention the master in Berlin?": "“Einstein” occurs nowhere in it.", // only the operator's have a master
		"What mail did Einstein get on the organ?":   "“Einstein” occurs nowhere in it.", // only the server's have an organ
	} {
		a, err := h.Answer(t.Context(), corpus.Question{Text: question, Library: home})
		if err != nil || a.Outcome != corpus.Silence || a.Reason != want {
			t.Errorf("%s: %s %q, %v", question, a.Outcome, a.Reason, err)
		}
	}
}
