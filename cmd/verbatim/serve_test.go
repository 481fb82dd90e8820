package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
	"verbatim/config"
)

const (
	canary      = "MTAwMDAwMDAwMDAwMDAwMDAx.Gcanar.y0123456789abcdef0123456789abcdefcanary"
	interaction = "aW50ZXJhY3Rpb246MTAwMDAwMDAwMDAwMDAwMDAxOmNhbmFyeQ"
)

func TestRedactorHidesTokens(t *testing.T) {
	t.Parallel()
	lines := []string{
		"token " + canary,
		`{"token":"` + interaction + `"}`,
		`"{\"token\": \"` + interaction + `\", \"type\": 2}"`,
		"the secret part alone: y0123456789abcdef0123456789abcdefcanary",
		"Post \"https://discord.com/api/v9/interactions/1000000000000000001/" + interaction + "/callback\": EOF",
		"PATCH https://discord.com/api/v9/webhooks/1000000000000000001/" + interaction + "/messages/@original",
	}
	for _, line := range lines {
		var out bytes.Buffer
		text := newLogger(newRedactor(&out, config.NewToken(canary)), config.Config{LogFormat: config.Text})
		text.Error(line, "error", errors.New(line), slog.Group("request", "url", line))
		machine := newLogger(newRedactor(&out, config.NewToken(canary)), config.Config{LogFormat: config.JSON})
		machine.With("line", line).Error(line, "error", errors.New(line), "any", []string{line})
		for _, secret := range []string{"canary", "y01234", interaction[:20]} {
			if strings.Contains(out.String(), secret) {
				t.Errorf("%q shows in %s", secret, out.String())
			}
		}
	}
}

func TestDiscordgoLogsNoWordsOfPeople(t *testing.T) {
	t.Parallel()
	event := &discordgo.Event{Operation: 0, Sequence: 7, Type: "MESSAGE_CREATE", RawData: []byte(`{"content":"hush"}`)}
	for _, line := range []string{
		harmless("Expected READY/RESUMED, instead got:\n%#v\n", []any{event}),
		harmless("unknown event: Op: %d, Seq: %d, Type: %s, Data: %s", []any{event.Operation, event.Sequence, event.Type, string(event.RawData)}),
	} {
		if strings.Contains(line, "hush") || strings.Contains(line, "0x68") || strings.Contains(line, "%!") || strings.Contains(line, "\n") {
			t.Errorf("logged: %s", line)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	var notReady error
	ready := func() error { return notReady }
	counts := newMetrics()
	counts.State(bot.StateReady)
	counts.Answered("who", "silence", time.Millisecond)
	server := httptest.NewServer(pages(ready, counts.page(), false))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")

	notReady = errors.New("not connected to Discord yet")
	if err := healthy(t.Context(), address, "/healthz"); err != nil {
		t.Errorf("/healthz needs Discord: %v", err)
	}
	if err := healthy(t.Context(), address, "/readyz"); err == nil || !strings.Contains(err.Error(), "503: not connected") {
		t.Errorf("/readyz says %v before it is ready", err)
	}
	notReady = nil
	if err := healthy(t.Context(), address, "/readyz"); err != nil {
		t.Errorf("/readyz says %v when it is ready", err)
	}
	answer, err := http.Get(server.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	for _, metric := range []string{`verbatim_gateway_state{state="ready"} 1`, `verbatim_answers_total{command="who",outcome="silence"} 1`, "go_goroutines "} {
		if !strings.Contains(body.String(), metric) {
			t.Errorf("/metrics lacks %q", metric)
		}
	}
}

func TestLocal(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:80": "127.0.0.1:80", "[::]:80": "[::1]:80", "10.0.0.7:80": "10.0.0.7:80", "localhost:80": "localhost:80",
	} {
		if got := local(address); got != want {
			t.Errorf("local(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestContainerMemory(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files map[string]string
		want  int64
	}{
		"none": {nil, 0},
		"in a container": {
			map[string]string{"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "268435456\n"}, 268435456,
		},
		"unlimited": {
			map[string]string{"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "max\n"}, 0,
		},
		"control groups of version 1":            {map[string]string{"/sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n"}, 268435456},
		"control groups of version 1, unlimited": {map[string]string{"/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 0},
		"the least of the groups": {
			map[string]string{
				"/proc/self/cgroup": "0::/system.slice/verbatim.service\n", "/sys/fs/cgroup/system.slice/memory.max": "1000",
				"/sys/fs/cgroup/system.slice/verbatim.service/memory.max": "max",
			}, 1000,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := containerMemory(func(file string) ([]byte, error) {
				if text, ok := test.files[file]; ok {
					return []byte(text), nil
				}
				return nil, fs.ErrNotExist
			})
			if got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestDataFolder(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	folder := t.TempDir()
	if got, err := dataFolder(config.Config{Data: folder, DataChosen: true}, log); got != folder || err != nil {
		t.Errorf("a good folder: %q, %v", got, err)
	}
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := dataFolder(config.Config{Data: file, DataChosen: true}, log)
	if exitStatus(&failure{error: err}) != exitUsage || !strings.Contains(err.Error(), "VERBATIM_DATA") || !strings.Contains(err.Error(), "chown -R") {
		t.Errorf("a bad folder that was chosen: %v", err)
	}
	if got, err := dataFolder(config.Config{Data: file}, log); got != "" || err != nil || !strings.Contains(out.String(), "VERBATIM_DATA") {
		t.Errorf("a bad folder that was not chosen: %q, %v, log %s", got, err, out.String())
	}
}
