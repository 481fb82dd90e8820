package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/bot/discordtest"
)

var moderator = discordtest.Actor{Permissions: discordtest.ManageServer}

// served is the real program, joined to a Discord for tests.
type served struct {
	*discordtest.Server
	t        *testing.T
	data     string
	settings []string
	cmd      *exec.Cmd
}

func serveDiscord(t *testing.T, settings ...string) *served {
	s := &served{Server: discordtest.New(t, discordtest.Options{}), t: t, data: t.TempDir(), settings: settings}
	s.start()
	t.Cleanup(s.kill)
	return s
}

// start starts the program and waits until it has joined.
func (s *served) start() {
	s.t.Helper()
	before, _, _ := s.Counts()
	s.cmd = exec.Command("verbatim", "serve") // which TestMain put in the path
	s.cmd.Env = append(os.Environ(), "DISCORD_TOKEN="+s.Token, "VERBATIM_DISCORD_URL="+s.URL, "VERBATIM_DATA="+s.data, "LOG_LEVEL=warn")
	s.cmd.Env = append(s.cmd.Env, s.settings...)
	s.cmd.Stderr = s.t.Output()
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.WaitLive(before+1, 0)
}

// kill ends the program as a power cut would.
func (s *served) kill() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		s.cmd = nil
	}
}

func (s *served) add(name string, content []byte) *discordtest.Interaction {
	s.t.Helper()
	return s.SlashAs(moderator, "library add", discordtest.Args{"file": s.Attach(name, content)})
}

const (
	lighthouse = "The lighthouse of Cape Wendel was built in 1871.\n\nThe keeper Orla Quill painted the lantern room green after the great storm.\n"
	green      = "Orla Quill painted the lantern room green"
)

// says answers who painted the lantern room, in a server.
func (s *served) says(guild string) string {
	s.t.Helper()
	return s.SlashAs(discordtest.Actor{Guild: guild}, "ask", discordtest.Args{"question": "Who painted the lantern room green?"}).Content()
}

func TestServe_keeps_a_library_through_a_crash(t *testing.T) {
	t.Parallel()
	s := serveDiscord(t)
	r := s.add("light_house.txt", []byte(lighthouse))
	if !strings.HasPrefix(r.Content(), "*Light house*: 2 passages, indexed in ") || r.Buttons()["Undo"] == "" {
		t.Fatalf("/library add: %s", r.Content())
	}
	examples := 0
	for _, line := range strings.Split(r.Content(), "\n") {
		if question, is := strings.CutPrefix(line, "- `/what "); is {
			examples++
			if a := s.Slash("what", discordtest.Args{"about": strings.TrimSuffix(question, "`")}); a.Ephemeral() {
				t.Errorf("the example %q is answered: %s", line, a.Content())
			}
		}
	}
	if examples == 0 {
		t.Errorf("there are no examples in %s", r.Content())
	}
	for range 2 {
		if got := s.says(discordtest.GuildID); !strings.Contains(got, green) {
			t.Errorf("it says %s", got)
		}
		if got := s.says("200000000000000002"); strings.Contains(got, "Orla") {
			t.Errorf("another server is told %s", got)
		}
		s.kill()
		s.start()
	}
	removed := s.SlashAs(moderator, "library remove", discordtest.Args{"story": "light HOUSE"})
	if got := s.says(discordtest.GuildID); strings.Contains(got, "Orla") {
		t.Errorf("after removing it, it says %s", got)
	}
	s.kill()
	s.start()
	if r := s.PressAs(moderator, removed.Buttons()["Undo"]); !strings.Contains(r.Content(), "is as it was before: 2 passages") {
		t.Errorf("Undo after a crash: %s", r.Content())
	}
	if got := s.says(discordtest.GuildID); !strings.Contains(got, green) {
		t.Errorf("after Undo, it says %s", got)
	}
	export := s.SlashAs(moderator, "library export", nil)
	if len(export.Files) != 1 {
		t.Fatalf("/library export: %s", export.Content())
	}
	if archive := unpacked(t, export.Files[0].Content); !strings.Contains(archive, green) {
		t.Errorf("the export holds %q", archive)
	}
	forget := s.SlashAs(moderator, "library forget", nil)
	s.PressAs(moderator, forget.Buttons()["Erase all of it"])
	s.kill()
	if err := filepath.WalkDir(s.data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte("lantern room")) {
			t.Errorf("%s still holds the story", d.Name())
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// unpacked is all that the files of a zip archive hold.
func unpacked(t *testing.T, raw []byte) (all string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		content, err := fs.ReadFile(archive, f.Name)
		if err != nil {
			t.Error(err)
		}
		all += string(content)
	}
	return all
}

// archived is a zip archive of one file.
func archived(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(content)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestServe_refuses_files_that_are_no_stories(t *testing.T) {
	t.Parallel()
	s := serveDiscord(t)
	random := make([]byte, 1<<16)
	for i := range random {
		random[i] = byte(rand.Int())
	}
	docx := archived(t, "word/document.xml", bytes.Repeat([]byte("<w:p>keeper </w:p>"), 1<<22))
	for name, content := range map[string][]byte{
		"random.txt":     random,
		"random.pdf":     append([]byte("%PDF-1.7\n"), random...),
		"random.docx":    append([]byte("PK\x03\x04"), random...),
		"truncated.docx": docx[:len(docx)/2],
		"bomb.docx":      docx,
		"bomb.epub":      archived(t, "mimetype", bytes.Repeat([]byte("application/epub+zip"), 1<<22)),
		"nested.zip":     archived(t, "inner.zip", docx),
		"blank.txt":      []byte(" \n\t \r\n"),
		"cut.txt":        []byte(strings.Repeat("The \x81\x8d\xff\xfe keeper \xc3\x28 painted \x90\x9d the lantern. ", 40)),
		"picture.txt":    append([]byte("\x89PNG\r\n\x1a\n"), random...),
	} {
		r := s.add(name, content)
		s.Wait("an end of "+name, func() bool { return !strings.HasSuffix(r.Content(), "…") })
		if !strings.Contains(r.Content(), name) || !strings.HasSuffix(r.Content(), ".") || strings.Contains(r.Content(), "Reference") || strings.Contains(r.Content(), "\n") {
			t.Errorf("%s: %s", name, r.Content())
		}
	}
	if r := s.SlashAs(moderator, "library list", nil); !strings.Contains(r.Content(), "no stories of its own") {
		t.Errorf("there is %s", r.Content())
	}
	if r := s.add("wrong_name.pdf", []byte(lighthouse)); !strings.Contains(r.Content(), "2 passages") {
		t.Errorf("a text with the name of a PDF: %s", r.Content())
	}
}

func TestServe_takes_many_files_at_once(t *testing.T) {
	t.Parallel()
	s := serveDiscord(t)
	var sent []*discordtest.Interaction
	for command := range 4 {
		args := discordtest.Args{}
		for n := range 5 {
			option := "file"
			if n > 0 {
				option += fmt.Sprint(n + 1)
			}
			args[option] = s.Attach(fmt.Sprintf("part %d-%d.txt", command, n), []byte(fmt.Sprintf("The ferry %d-%d left the harbour at noon with Orla Quill on board.\n", command, n)))
		}
		sent = append(sent, s.SendAs(moderator, "library add", args))
	}
	for command, i := range sent {
		s.Says(i, "5 stories, indexed in ")
		if !strings.Contains(i.Content(), fmt.Sprintf("- *Part %d 4*: 1 passage", command)) {
			t.Errorf("command %d: %s", command, i.Content())
		}
	}
	if r := s.SlashAs(moderator, "library list", nil); !strings.Contains(r.Content(), "20 stories") {
		t.Errorf("there is %s", r.Content())
	}
}

func TestServe_fetches_no_page_of_the_network_it_runs_in(t *testing.T) {
	t.Parallel()
	s := serveDiscord(t, "VERBATIM_FETCH=on")
	_, port, _ := strings.Cut(strings.TrimPrefix(s.URL, "http://"), ":")
	for _, address := range []string{s.URL + "/secret", "http://localhost:" + port, "http://[::1]:80/", "http://169.254.169.254/latest/meta-data", "http://0/", "file:///etc/passwd", "words"} {
		r := s.SlashAs(moderator, "library add", discordtest.Args{"address": address})
		if r.Content() == "" || strings.Contains(r.Content(), "Reference") || strings.Contains(r.Content(), "passages") {
			t.Errorf("%s: %s", address, r.Content())
		}
	}
}
