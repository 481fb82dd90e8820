package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
	"verbatim/corpus"
)

func TestMain(m *testing.M) {
	discordgo.Logger = func(int, int, string, ...any) {} // one for the whole process
	os.Exit(m.Run())
}

// harbour is the story of these tests.
func harbour(t testing.TB) *corpus.Story {
	t.Helper()
	paragraphs := []string{
		"The vote was close. The council chose Mara Lind, 34, as harbour master on 3 May. Two members abstained.",
		"The north pier was built in 1902 by *Edvard Holm*. Its foundation is oak.",
		"Ferry traffic grew by 40 percent. A second boat, the Petrel, was bought in Bergen.",
	}
	var blocks []corpus.Block
	text := ""
	for _, p := range paragraphs {
		blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: len(text), End: len(text) + len(p)}})
		text += p + "\n"
	}
	s, err := corpus.NewStory(corpus.Meta{Title: "The harbour papers"}, text, blocks)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// oracle answers by a word of the question. It stands in for the index.
type oracle struct {
	story *corpus.Story
	kept  *cellar
	hold  chan struct{} // "slow" waits for it
	began chan struct{} // closed when "slow" waits

	mu    sync.Mutex
	asked []corpus.Question
}

func (o *oracle) Answer(ctx context.Context, q corpus.Question) (corpus.Answer, error) {
	o.mu.Lock()
	o.asked = append(o.asked, q)
	o.mu.Unlock()
	a := corpus.Answer{Question: q, Read: q.String(), Outcome: corpus.Answered, Confidence: .9, Subject: "Mara Lind"}
	a.Quotes = []corpus.Quote{quoteOf(o.story, 0, 1), quoteOf(o.story, 1, 0), quoteOf(o.story, 2, 1)}
	switch {
	case strings.Contains(q.Text, "panic"):
		panic("the oracle fell over")
	case strings.Contains(q.Text, "broken"):
		return a, errors.New("internal detail 4711")
	case strings.Contains(q.Text, "slow"):
		close(o.began)
		<-o.hold
	case strings.Contains(q.Text, "Berlin"):
		return corpus.Answer{Question: q, Outcome: corpus.Silence, Reason: "“Berlin” occurs nowhere in it.", Suggestion: "/who Bergen"}, nil
	case strings.Contains(q.Text, "wife"):
		a.Outcome, a.Reason = corpus.Closest, "The story speaks of Mara Lind, but “wife” occurs nowhere in it."
	}
	if q.Before != nil {
		a.About = q.Before.Question
	}
	return a, nil
}

func quoteOf(s *corpus.Story, passage, sentence int) corpus.Quote {
	q, _ := corpus.NewQuote(s, passage, sentence)
	return q
}

func (o *oracle) Entries(lib corpus.LibraryID) []corpus.Entry {
	return append([]corpus.Entry{corpus.EntryOf(o.story)}, o.kept.entries(lib)...)
}
func (o *oracle) Story(_ corpus.LibraryID, id corpus.StoryID) (*corpus.Story, bool) {
	return o.story, id == o.story.ID
}
func (o *oracle) Names(_ corpus.LibraryID, typed string, limit int) []string {
	return []string{"Mara Lind", "Edvard Holm"}
}
func (o *oracle) Examples(corpus.LibraryID) []corpus.Question {
	return []corpus.Question{{Command: corpus.Who, Text: "Mara Lind"}}
}

// last is the question that was asked last.
func (o *oracle) last() corpus.Question {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asked[len(o.asked)-1]
}

// world is a bot that runs against a Discord.
type world struct {
	*discordtest.Server
	t      *testing.T
	bot    *Bot
	oracle *oracle
	log    *syncBuffer
	stop   context.CancelFunc
	ended  chan error

	observed *observed
}

// syncBuffer is a log that a test can read while it is written.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// launch starts a bot, with other options than usual, and does not wait for it.
func launch(t *testing.T, d *discordtest.Server, other ...func(*Options)) *world {
	w := prepare(t, d, other...)
	w.run()
	return w
}

// prepare makes a bot that does not run yet.
func prepare(t *testing.T, d *discordtest.Server, other ...func(*Options)) *world {
	w := &world{Server: d, t: t, observed: &observed{}, oracle: &oracle{story: harbour(t), kept: newCellar(), hold: make(chan struct{}), began: make(chan struct{})}, log: &syncBuffer{}, ended: make(chan error, 1)}
	log := slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	options := Options{APIURL: d.URL, Keeper: w.oracle.kept, Observer: w.observed}
	for _, change := range other {
		change(&options)
	}
	b, err := New(d.Token, w.oracle, w.oracle, log, options)
	if err != nil {
		t.Fatal(err)
	}
	w.bot = b
	return w
}

// run starts the bot.
func (w *world) run() {
	t, d := w.t, w.Server
	ctx, stop := context.WithCancel(context.Background())
	w.stop = stop
	go func() { w.ended <- w.bot.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-w.ended:
		case <-time.After(15 * time.Second):
			t.Error("the bot did not end")
		}
		if strings.Contains(w.log.String(), d.Token) || strings.Contains(w.log.String(), "aW50ZXJhY3Rpb24") {
			t.Error("a token stands in the log")
		}
	})
}

// halt ends the bot, and returns what Run did.
func (w *world) halt() error {
	w.t.Helper()
	w.stop()
	return w.end()
}

// observed notes the states that a bot was in.
type observed struct {
	nobody
	mu     sync.Mutex
	states []string
}

func (o *observed) State(s State) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.states = append(o.states, string(s))
}

func (o *observed) list() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.states)
}

// start starts a bot and waits until it is ready.
func start(t *testing.T, other ...func(*Options)) *world {
	w := launch(t, discordtest.New(t, discordtest.Options{}), other...)
	w.ready()
	return w
}

// ready waits until the commands are there, which is the last thing before a bot is ready, and
// then for the bot to say so.
func (w *world) ready() {
	w.t.Helper()
	w.eventually("the bot is ready", func() bool { return w.bot.Ready() == nil })
}

// eventually waits until something holds that Discord does not see.
func (w *world) eventually(what string, holds func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("not so: %s\n%s", what, w.log)
		}
	}
}

// end is what Run returned.
func (w *world) end() error {
	w.t.Helper()
	select {
	case err := <-w.ended:
		w.ended <- err
		return err
	case <-time.After(15 * time.Second):
		w.t.Fatal("Run did not return")
		return nil
	}
}

func TestBot_registers_commands_once(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := launch(t, d)
	w.ready()
	all, writes := d.Commands()
	if len(all) != len(commands(false)) || writes != 1 {
		t.Errorf("%d commands after %d writes", len(all), writes)
	}
	restart := func(want int, why string) {
		t.Helper()
		_, before := d.Commands()
		w.stop()
		if err := w.end(); err != nil {
			t.Fatal(err)
		}
		w = launch(t, d)
		w.ready()
		if _, after := d.Commands(); after-before != want {
			t.Errorf("%s: %d writes, want %d", why, after-before, want)
		}
	}
	restart(0, "nothing has changed")
	d.AlterCommand("who", "description", "An old one")
	restart(1, "one command has changed")
	d.AlterCommand("who", "name", "whom")
	restart(1, "there is one that is not ours, and one of ours is missing")
	if all, _ := d.Commands(); len(all) != len(commands(false)) || all["who"] == nil {
		t.Errorf("in the end there are %d commands, /who among them: %v", len(all), all["who"] != nil)
	}
}

func TestBot_answers_commands(t *testing.T) {
	t.Parallel()
	w := start(t)
	public := w.Slash("ask", discordtest.Args{"question": "Who is harbour master?"})
	if public.Ephemeral() || !strings.Contains(public.Content(), "**The council chose Mara Lind, 34, as harbour master on 3 May.**") {
		t.Errorf("/ask: ephemeral %v: %s", public.Ephemeral(), public.Content())
	}
	if private := w.Slash("ask", discordtest.Args{"question": "Who is harbour master?", "private": true}); !private.Ephemeral() {
		t.Error("/ask private is public")
	}
	if silent := w.Slash("who", discordtest.Args{"name": "Berlin"}); !silent.Ephemeral() || silent.Content() != "The story does not say. “Berlin” occurs nowhere in it." {
		t.Errorf("/who Berlin: %s", silent.Content())
	}
	for command, option := range map[string]string{"who": "name", "what": "about", "when": "about", "where": "about", "why": "about", "quote": "words"} {
		w.Slash(command, discordtest.Args{option: "Mara"})
		if q := w.oracle.last(); string(q.Command) != command || q.Text != "Mara" || q.Library != discordtest.GuildID {
			t.Errorf("/%s asked %+v", command, q)
		}
	}
	for _, command := range []string{"help", "stories", "library"} {
		if r := w.Slash(command, nil); !r.Ephemeral() || r.Content() == "" {
			t.Errorf("/%s: %q", command, r.Content())
		}
	}
	if r := w.Slash("ask", discordtest.Args{"question": "Who?", "story": "The Odyssey"}); !strings.Contains(r.Content(), "no story called “The Odyssey”") {
		t.Errorf("an unknown story: %s", r.Content())
	}
	if r := w.OnMessage("Ask the story", "Who is harbour master?"); !strings.Contains(r.Content(), "Mara Lind") {
		t.Errorf("the message command: %s", r.Content())
	}
	if r := w.OnMessage("Ask the story", "  "); !r.Ephemeral() {
		t.Errorf("an empty message: %s", r.Content())
	}
}

func TestBot_completes_names_and_titles(t *testing.T) {
	t.Parallel()
	w := start(t)
	if got := w.Complete("who", "name", "ma").Choices(); len(got) != 2 || got[0] != "Mara Lind" {
		t.Errorf("names: %q", got)
	}
	if got := w.Complete("ask", "story", "HARB").Choices(); len(got) != 1 || got[0] != "The harbour papers" {
		t.Errorf("titles: %q", got)
	}
	if got := w.Complete("ask", "story", "xyz").Choices(); len(got) != 0 {
		t.Errorf("titles for nothing: %q", got)
	}
}

func TestBot_buttons_work_for_everybody(t *testing.T) {
	t.Parallel()
	w := start(t)
	answer := w.Slash("ask", discordtest.Args{"question": "Who is harbour master?"})
	next, around := answer.Buttons()["Next match"], answer.Buttons()["Around it"]
	if r := w.Press(next, discordtest.UserID); r.Type != 7 || !strings.Contains(r.Content(), `built in 1902 by \*Edvard Holm\*`) {
		t.Errorf("the asker's Next match: type %v: %s", r.Type, r.Content())
	}
	if r := w.Press(next, "somebody else"); r.Type != 4 || !r.Ephemeral() {
		t.Errorf("another's Next match: type %v, ephemeral %v", r.Type, r.Ephemeral())
	}
	if r := w.Press(around, discordtest.UserID); !r.Ephemeral() || !strings.Contains(r.Content(), "Mara Lind") || !strings.Contains(r.Content(), "north pier") {
		t.Errorf("Around it: %s", r.Content())
	}
	silent := w.Slash("ask", discordtest.Args{"question": "Where is Berlin?"})
	if r := w.Press(silent.Buttons()["Did you mean Bergen?"], discordtest.UserID); w.oracle.last().Text != "Bergen" || !strings.Contains(r.Content(), "Mara Lind") {
		t.Errorf("Did you mean: %s", r.Content())
	}
	for _, id := range []string{"a/aaaaaaaa:0.0", "n/", "x", "a/" + strings.Repeat("z", 90)} {
		if r := w.Press(id, discordtest.UserID); !r.Ephemeral() || !strings.Contains(r.Content(), "ask again") {
			t.Errorf("the button %q: %s", id, r.Content())
		}
	}
}

func TestBot_answers_messages_that_are_meant_for_it(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Say(discordtest.Said{Content: "Who is harbour master?"})
	w.Say(discordtest.Said{Content: "<@" + discordtest.BotID + "> Who?", Mention: true, Bot: true})
	w.Say(discordtest.Said{Content: "<@" + discordtest.BotID + "> Who is harbour master?", Mention: true})
	mention := w.Messages(1)[0]
	if mention.Channel != discordtest.ChannelID || w.oracle.last().Text != "Who is harbour master?" {
		t.Errorf("a mention asked %q", w.oracle.last().Text)
	}
	w.Say(discordtest.Said{Content: "Who is harbour master?", Direct: true})
	if direct := w.Messages(2)[1]; direct.Channel != discordtest.DirectID || w.oracle.last().Library != "" {
		t.Errorf("a direct message was answered in %s, from the library %q", direct.Channel, w.oracle.last().Library)
	}
	w.Say(discordtest.Said{Content: "How old is she?", ReplyTo: mention.Body})
	w.Messages(3)
	if before := w.oracle.last().Before; before == nil || before.Question != "Who is harbour master?" || before.Answer.Passage != 0 {
		t.Errorf("a reply came after %+v", before)
	}
	w.Say(discordtest.Said{Content: "<@" + discordtest.BotID + ">", Mention: true})
	if help := w.Messages(4)[3]; !strings.Contains(help.Body["content"].(string), "/who Mara Lind") {
		t.Errorf("a bare mention: %s", help.Body["content"])
	}
}

func TestBot_survives_what_goes_wrong_in_an_answer(t *testing.T) {
	t.Parallel()
	w := start(t)
	for _, question := range []string{"panic", "broken"} {
		r := w.Slash("ask", discordtest.Args{"question": question})
		if !r.Ephemeral() || !strings.Contains(r.Content(), "Reference ") || strings.Contains(r.Content(), "4711") || strings.Contains(r.Content(), "fell over") {
			t.Errorf("%s: %s", question, r.Content())
		}
		_, reference, _ := strings.Cut(strings.TrimSuffix(r.Content(), ")"), "Reference ")
		if !strings.Contains(w.log.String(), reference) {
			t.Errorf("%s: the reference %q is not in the log", question, reference)
		}
	}
	w.Slash("ask", discordtest.Args{"question": "Who?"})
}

func TestBot_tries_again_when_Discord_is_unwell(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(*discordtest.Server){
		"500":      func(d *discordtest.Server) { d.FailNext("/callback", 1, 500, "") },
		"503":      func(d *discordtest.Server) { d.FailNext("/callback", 1, 503, "") },
		"429":      func(d *discordtest.Server) { d.FailNext("/callback", 1, 429, "0.2") },
		"hangs up": func(d *discordtest.Server) { d.FailNext("/callback", 1, 0, "") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			fail(w.Server)
			if r := w.Slash("ask", discordtest.Args{"question": "Who?"}); !strings.Contains(r.Content(), "Mara Lind") {
				t.Errorf("got %s", r.Content())
			}
		})
	}
}

func TestBot_ends_for_what_no_restart_mends(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		o    discordtest.Options
		says string
	}{
		"4004": {discordtest.Options{CloseOnIdentify: 4004}, "DISCORD_TOKEN"},
		"4014": {discordtest.Options{CloseOnIdentify: 4014}, "Privileged Gateway Intents"},
		"401":  {discordtest.Options{RejectToken: true}, "DISCORD_TOKEN"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := launch(t, discordtest.New(t, c.o))
			var fatal *FatalError
			if err := w.end(); !errors.As(err, &fatal) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("Run returned %v", err)
			}
		})
	}
	t.Run("4014 after READY", func(t *testing.T) {
		t.Parallel()
		w := start(t)
		w.CloseGateway(4014)
		var fatal *FatalError
		if err := w.end(); !errors.As(err, &fatal) {
			t.Errorf("Run returned %v", err)
		}
	})
}

func TestBot_resumes(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(*discordtest.Server){
		"after op 7":            (*discordtest.Server).Reconnect,
		"after close code 4000": func(d *discordtest.Server) { d.CloseGateway(4000) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			cut(w.Server)
			missed := w.SendSlash("ask", discordtest.Args{"question": "Who?"})
			w.WaitLive(1, 1)
			if r := w.Answered(missed); !strings.Contains(r.Content(), "Mara Lind") {
				t.Errorf("what was asked meanwhile got %s", r.Content())
			}
		})
	}
}

func TestBot_begins_a_new_session_when_the_old_is_invalid(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Invalidate()
	w.WaitLive(2, 0)
	if i, _, _ := w.Counts(); i != 2 {
		t.Errorf("%d IDENTIFYs, want 2", i)
	}
}

func TestBot_notices_that_the_gateway_fell_silent(t *testing.T) {
	t.Parallel()
	w := launch(t, discordtest.New(t, discordtest.Options{Heartbeat: 300 * time.Millisecond}))
	w.ready()
	w.Mute()
	w.WaitLive(1, 1)
	if i, _, _ := w.Counts(); i != 1 {
		t.Errorf("%d IDENTIFYs: the session was not resumed", i)
	}
}

func TestBot_is_ready_after_READY_only(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{HoldReady: true})
	w := launch(t, d)
	d.Wait("an IDENTIFY", func() bool { return d.IdentifiesLocked() > 0 })
	if w.bot.Ready() == nil {
		t.Error("ready before READY")
	}
	d.ReleaseReady()
	w.ready()
}

func TestBot_sends_the_answers_under_way_before_it_ends(t *testing.T) {
	t.Parallel()
	w := start(t)
	slow := w.SendSlash("ask", discordtest.Args{"question": "slow"})
	<-w.oracle.began
	w.stop()
	close(w.oracle.hold)
	if r := w.Answered(slow); !strings.Contains(r.Content(), "Mara Lind") {
		t.Errorf("got %s", r.Content())
	}
	if err := w.end(); err != nil {
		t.Errorf("Run returned %v", err)
	}
}
