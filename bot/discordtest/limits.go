package discordtest

import (
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The limits of Discord's documentation.
const (
	mostContent = 2000 // UTF-16 units
	mostRows    = 5
	mostButtons = 5 // a row
	mostLabel   = 80
	mostID      = 100
	mostChoices = 25
	mostChoice  = 100
	mostOptions = 25

	flagEphemeral      = 1 << 6
	flagSuppressEmbeds = 1 << 2
)

// checkCallback fails the test where a callback does not fit the interaction or the limits.
func (s *Server) checkCallback(i *Interaction) {
	allowed := map[int][]float64{typeCommand: {4, 5}, typeComponent: {4, 5, 6, 7}, typeComplete: {8}}
	fits := false
	for _, kind := range allowed[i.kind] {
		fits = fits || kind == i.Type
	}
	if !fits {
		s.t.Errorf("discordtest: %s: a callback of type %v", i.Name, i.Type)
	}
	switch flags, _ := i.Data["flags"].(float64); i.Type {
	case 4, 7:
		s.checkMessage(i.Name, i.Data)
		if int(flags)&^(flagEphemeral|flagSuppressEmbeds) != 0 {
			s.t.Errorf("discordtest: %s: flags %v", i.Name, flags)
		}
	case 5:
		if int(flags)&^flagEphemeral != 0 {
			s.t.Errorf("discordtest: %s: a deferral with flags %v", i.Name, flags)
		}
	case 8:
		s.checkChoices(i)
	}
}

func (s *Server) checkChoices(i *Interaction) {
	choices, _ := i.Data["choices"].([]any)
	if len(choices) > mostChoices {
		s.t.Errorf("discordtest: %s: %d choices", i.Name, len(choices))
	}
	for _, c := range choices {
		c, _ := c.(map[string]any)
		for _, key := range []string{"name", "value"} {
			if v, _ := c[key].(string); v == "" || utf8.RuneCountInString(v) > mostChoice {
				s.t.Errorf("discordtest: %s: a choice with the %s %q", i.Name, key, v)
			}
		}
	}
}

// checkMessage fails the test where a message breaks a limit or may ping somebody.
func (s *Server) checkMessage(what string, m map[string]any) {
	content, _ := m["content"].(string)
	if n := len(utf16.Encode([]rune(content))); n > mostContent || strings.TrimSpace(content) == "" {
		s.t.Errorf("discordtest: %s: content of %d units", what, n)
	}
	mentions, ok := m["allowed_mentions"].(map[string]any)
	if parse, _ := mentions["parse"].([]any); !ok || len(parse) > 0 || mentions["replied_user"] == true {
		s.t.Errorf("discordtest: %s: allowed_mentions is %v", what, m["allowed_mentions"])
	}
	rows, _ := m["components"].([]any)
	if len(rows) > mostRows {
		s.t.Errorf("discordtest: %s: %d rows", what, len(rows))
	}
	seen := map[any]bool{}
	for _, row := range rows {
		row, _ := row.(map[string]any)
		buttons, _ := row["components"].([]any)
		if len(buttons) == 0 || len(buttons) > mostButtons {
			s.t.Errorf("discordtest: %s: %d buttons in a row", what, len(buttons))
		}
		for _, b := range buttons {
			b, _ := b.(map[string]any)
			id, _ := b["custom_id"].(string)
			label, _ := b["label"].(string)
			if id == "" || utf8.RuneCountInString(id) > mostID || seen[id] || label == "" || utf8.RuneCountInString(label) > mostLabel {
				s.t.Errorf("discordtest: %s: a button %q with the custom_id %q", what, label, id)
			}
			seen[id] = true
		}
	}
}

var commandName = regexp.MustCompile(`^[-_'\p{Ll}\p{N}]{1,32}$`)

// checkCommand fails the test where Discord would refuse a command.
func (s *Server) checkCommand(c map[string]any) {
	name, _ := c["name"].(string)
	description, _ := c["description"].(string)
	if c["type"] == 1.0 && (!commandName.MatchString(name) || description == "" || utf8.RuneCountInString(description) > 100) {
		s.t.Errorf("discordtest: the command %q with the description %q", name, description)
	}
	if c["type"] != 1.0 && (description != "" || c["options"] != nil) {
		s.t.Errorf("discordtest: %q is no slash command, and has a description or options", name)
	}
	s.checkOptions("/"+name, c["options"])
}

// checkOptions fails the test where Discord would refuse the options of a command or subcommand.
func (s *Server) checkOptions(of string, list any) {
	optional, seen := false, map[string]bool{}
	options, _ := list.([]any)
	if len(options) > mostOptions {
		s.t.Errorf("discordtest: %s has %d options", of, len(options))
	}
	for _, o := range options {
		o, _ := o.(map[string]any)
		name, _ := o["name"].(string)
		description, _ := o["description"].(string)
		if !commandName.MatchString(name) || seen[name] || description == "" || utf8.RuneCountInString(description) > 100 {
			s.t.Errorf("discordtest: %s has an option %q with the description %q", of, name, description)
		}
		if o["required"] == true && optional {
			s.t.Errorf("discordtest: %s has a required option after an optional one", of)
		}
		optional = optional || o["required"] != true
		seen[name] = true
		s.checkOptions(of+" "+name, o["options"])
	}
}
