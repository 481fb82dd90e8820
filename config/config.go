// Package config reads what an operator can set: by a flag, else the environment, else
// a default. [All] lists the settings; the same list makes the flags, the help and
// the check of the table in docs/operations.md.
//
// The package promises that all faults are reported at once, each with the variable, the
// value and what is allowed ([Faults]), and that a [Token] never shows itself.
package config

import (
	"log/slog"
	"strings"
)

// Config is what the settings say, with the defaults in place of what is not set.
type Config struct {
	Stories []string // files and folders that every server may quote; none: the built-in story
	Data    string   // the folder of what must outlive a restart; empty where no home is known
	HTTP    string   // host:port of the health and metrics pages; empty: none
	PProf   bool     // profiles are served beside them

	// What a server may keep: stories, bytes of their texts together, passages together.
	MaxStories, MaxBytes, MaxPassages int
	Fetch                             bool // whether web pages may be fetched for /library add

	DiscordURL string // base of Discord's REST API, without a slash at its end

	LogLevel  slog.Level
	LogFormat Format

	// DataChosen says that somebody asked for this data folder: it must be usable then,
	// where the default is only used when it can be.
	DataChosen bool
}

// Format is how log lines are written.
type Format string

// The formats of the log. Auto is Text on a terminal and JSON elsewhere.
const (
	Auto Format = ""
	Text Format = "text"
	JSON Format = "json"
)

// Setting is one thing that can be set.
type Setting struct {
	Variable string // of the environment
	Flag     string // without its dashes
	Default  string // in words, for people
	Usage    string // in words, for people

	read func(*Config, string) error // nil for a secret, which only [LoadToken] reads
}

// Load reads settings. The function lookup gives the value of a setting, empty where it
// is not set. The error is of type [Faults].
func Load(lookup func(Setting) string, settings ...Setting) (Config, error) {
	cfg := Config{DiscordURL: discordURL, Data: userData(), MaxStories: maxStories, MaxBytes: maxBytes, MaxPassages: maxPassages}
	var faults Faults
	for _, s := range settings {
		value := strings.TrimSpace(lookup(s))
		if value == "" || s.read == nil {
			continue
		}
		if err := s.read(&cfg, value); err != nil {
			faults = append(faults, Fault{Setting: s, Value: value, Problem: err.Error()})
		}
	}
	if len(faults) > 0 {
		return Config{}, faults
	}
	return cfg, nil
}

// Faults are all values that cannot be used. There is at least one.
type Faults []Fault

// Fault is a value that cannot be used.
type Fault struct {
	Setting
	Value   string
	Problem string // says what is allowed
}

// Error has one line a fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

func (f Fault) Error() string {
	return f.Variable + " (or --" + f.Flag + ") is " + quote(f.Value) + ": " + f.Problem
}
