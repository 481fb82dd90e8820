package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func from(values map[string]string) func(Setting) string {
	return func(s Setting) string { return values[s.Variable] }
}

func defaults() Config {
	return Config{DiscordURL: "https://discord.com", Data: userData(), MaxStories: 100, MaxBytes: 32 << 20, MaxPassages: 50_000}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		set  map[string]string
		want Config
	}{
		"defaults": {nil, defaults()},
		"empty and blank values count as not set": {
			map[string]string{"LOG_LEVEL": "", "VERBATIM_HTTP": "  "},
			defaults(),
		},
		"all": {
			map[string]string{
				"VERBATIM_STORIES": " a.md, letters/ ,", "VERBATIM_DATA": "/data", "VERBATIM_HTTP": ":8080",
				"VERBATIM_MAX_STORIES": "7", "VERBATIM_MAX_BYTES": "2 MiB", "VERBATIM_MAX_PASSAGES": "99",
				"VERBATIM_DISCORD_URL": "http://127.0.0.1:4000/", "LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json", "VERBATIM_FETCH": "On",
			},
			Config{
				MaxStories: 7, MaxBytes: 2 << 20, MaxPassages: 99,
				Stories: []string{"a.md", "letters/"}, Data: "/data", DataChosen: true, HTTP: ":8080",
				DiscordURL: "http://127.0.0.1:4000", LogLevel: slog.LevelDebug, LogFormat: JSON, Fetch: true,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Load(from(test.set), All()...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestLoadReportsAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	set := map[string]string{
		"VERBATIM_MAX_STORIES": "0", "VERBATIM_MAX_BYTES": "many", "VERBATIM_MAX_PASSAGES": "-1",
		"VERBATIM_STORIES": ",", "VERBATIM_HTTP": "8080", "VERBATIM_DISCORD_URL": "discord.com",
		"LOG_LEVEL": "loud", "LOG_FORMAT": "xml",
	}
	_, err := Load(from(set), All()...)
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != len(set) {
		t.Fatalf("got %v, want %d faults", err, len(set))
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(set) {
		t.Errorf("got %d lines, want one a fault:\n%v", len(lines), err)
	}
	for variable, value := range set {
		if !strings.Contains(err.Error(), variable+" (or --") || !strings.Contains(err.Error(), fmt.Sprintf("%q: allowed ", value)) {
			t.Errorf("%s=%s: the variable, the value or what is allowed is missing in:\n%v", variable, value, err)
		}
	}
}

func TestLoadReadsOnlyWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	if _, err := Load(from(map[string]string{"LOG_LEVEL": "loud"}), Stories()); err != nil {
		t.Errorf("a setting of another command is reported: %v", err)
	}
}

// TestOperationsListsEverySetting keeps the documentation true.
func TestOperationsListsEverySetting(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range All() {
		flag := "--" + s.Flag
		if s.Flag == "" {
			flag = "none"
		}
		if row := fmt.Sprintf("| `%s` | `%s` | %s | %s |", s.Variable, flag, s.Default, s.Usage); !strings.Contains(string(doc), row) {
			t.Errorf("docs/operations.md lacks this row:\n%s", row)
		}
	}
}

// A token of the right form that opens nothing.
const canary = "MTAwMDAwMDAwMDAwMDAwMDAx.Gcanar.y0123456789abcdef0123456789abcdefcanary"

func TestTokenNeverShows(t *testing.T) {
	t.Parallel()
	token := NewToken(canary)
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%T"} {
		fmt.Fprintf(&out, verb, token)
		fmt.Fprintf(&out, verb, &token)
		fmt.Fprintf(&out, verb, struct{ Token Token }{token})
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("signing in", "token", token, "all", struct{ Token Token }{token})
	}
	if err := json.NewEncoder(&out).Encode(map[string]any{"token": token}); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(&out, token, errors.New(token.String()))
	if strings.Contains(out.String(), "canar") || strings.Contains(out.String(), fmt.Sprintf("%x", "canar")) {
		t.Errorf("the token shows: %s", out.String())
	}
	if token.Secret() != canary {
		t.Errorf("Secret is %q", token.Secret())
	}
}

func TestLoadToken(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(canary+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ value, file, problem string }{
		"from the environment":    {canary, "", ""},
		"from a file with a line": {"", file, ""},
		"none":                    {"", "", "DISCORD_TOKEN is empty: a bot's token is made on the page Bot of your application at " + Portal},
		"both":                    {canary, file, "both set"},
		"no file":                 {"", file + ".not", "cannot be read: no such file or directory"},
		"with its scheme":         {"Bot " + canary, "", `starts with "Bot "`},
		"quoted":                  {`"` + canary + `"`, "", "quotation marks"},
		"with a space":            {strings.Replace(canary, "G", " ", 1), "", "white space"},
		"a client secret":         {"canary0123456789abcdef0123456789", "", "three parts"},
		"no bot's number":         {"canary.Gcanar.y0123456789abcdef", "", "no bot's number"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token, err := LoadToken(test.value, test.file)
			var missing *TokenError
			switch {
			case test.problem == "" && (err != nil || token.Secret() != canary):
				t.Errorf("got %q, %v", token.Secret(), err)
			case test.problem == "":
			case !errors.As(err, &missing) || !strings.Contains(err.Error(), test.problem):
				t.Errorf("got %v, want a TokenError with %q", err, test.problem)
			case strings.Contains(err.Error(), "canar"):
				t.Errorf("the error shows the token: %v", err)
			}
		})
	}
}
