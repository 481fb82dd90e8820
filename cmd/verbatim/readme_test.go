package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestREADME runs the exchanges that the README shows, in blocks marked console, and compares
// what is printed word for word.
func TestREADME(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	shown := exchanges(string(text))
	if len(shown) == 0 {
		t.Error("no exchange is shown")
	}
	for command, want := range shown {
		run := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(command, "go run ./cmd/verbatim", "verbatim"))
		run.Env = append(os.Environ(), "COLUMNS=80", "NO_COLOR=1", "VERBATIM_STORIES=")
		got, err := run.Output()
		if err != nil {
			t.Errorf("%s: %v", command, err)
		}
		if diff := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(string(got))); diff != "" {
			t.Errorf("%s (-shown +printed):\n%s", command, diff)
		}
	}
}

var console = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// exchanges maps each command that a text shows to what it shows of its output.
func exchanges(text string) map[string]string {
	out := map[string]string{}
	for _, block := range console.FindAllStringSubmatch(text, -1) {
		for part := range strings.SplitSeq("\n"+block[1], "\n$ ") {
			command, output, _ := strings.Cut(part, "\n")
			if strings.HasPrefix(command, "go run ./cmd/verbatim ask") {
				out[command] = output
			}
		}
	}
	return out
}
