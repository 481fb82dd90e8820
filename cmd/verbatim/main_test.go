package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/bot/discordtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain makes the real program a command of the scripts. The program starts itself again to
// read what is not trusted: that must not start the tests again.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "read" {
		main()
	}
	testscript.Main(m, map[string]func(){"verbatim": main})
}

func TestScript(t *testing.T) {
	t.Parallel()
	discord := discordtest.New(t, discordtest.Options{})
	strict := discordtest.New(t, discordtest.Options{Guilds: []map[string]any{{"id": "200000000000000009", "name": "A quiet place", "permissions": "274877973504"}}})
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("VERBATIM_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("COLUMNS", "60")
			e.Setenv("TOKEN", discord.Token)
			e.Setenv("DISCORD", discord.URL)
			e.Setenv("STRICT", strict.URL)
			// What no text archive can hold.
			handbook, err := os.ReadFile("../../corpus/reader/testdata/handbook-pandoc.docx")
			if err != nil {
				return err
			}
			return errors.Join(
				os.WriteFile(filepath.Join(e.WorkDir, "picture.png"), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"), 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "handbook.docx"), handbook, 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "half.docx"), handbook[:len(handbook)/2], 0o600),
			)
		},
	})
}

// golden compares what was printed with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "print", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", file, diff)
	}
}
