package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

const discordURL = "https://discord.com"

// Mounted is where the container finds its stories. They are used where VERBATIM_STORIES
// is not set and something lies there.
const Mounted = "/stories"

// Stories are the files and folders to quote.
func Stories() Setting {
	return Setting{
		Variable: "VERBATIM_STORIES", Flag: "stories", Default: "what lies in " + Mounted + ", else the built-in story",
		Usage: "files and folders to quote, separated by commas",
		read: func(c *Config, value string) error {
			for path := range strings.SplitSeq(value, ",") {
				if path = strings.TrimSpace(path); path != "" {
					c.Stories = append(c.Stories, path)
				}
			}
			if len(c.Stories) == 0 {
				return errors.New("allowed are paths of files and folders, separated by commas")
			}
			return nil
		},
	}
}

// Data is the folder of what must outlive a restart.
func Data() Setting {
	return Setting{
		Variable: "VERBATIM_DATA", Flag: "data", Default: "the user's data folder (/data in the container)",
		Usage: "folder of what must outlive a restart",
		read: func(c *Config, value string) error {
			path, err := filepath.Abs(value)
			if err != nil {
				return errors.New("allowed is the path of a folder")
			}
			c.Data, c.DataChosen = path, true
			return nil
		},
	}
}

// HTTP is the address of the health and metrics pages.
func HTTP() Setting {
	return Setting{
		Variable: "VERBATIM_HTTP", Flag: "http", Default: "off (127.0.0.1:8080 in the container)",
		Usage: "address of /healthz, /readyz and /metrics",
		read: func(c *Config, value string) error {
			host, port, err := net.SplitHostPort(value)
			if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 || strings.ContainsAny(host, " /") {
				return errors.New("allowed is HOST:PORT, such as 127.0.0.1:8080 or :8080, or nothing to switch it off")
			}
			c.HTTP = value
			return nil
		},
	}
}

// All lists every setting, the token first, in the order of the documentation.
func All() []Setting {
	return slices.Concat([]Setting{
		{
			Variable: "DISCORD_TOKEN", Default: "none",
			Usage: "the bot's token, from the page Bot of the developer portal; it has no flag, since other people see those",
		},
		TokenFile(),
		Stories(),
		Data(),
	}, Limits(), []Setting{
		HTTP(),
		onOff("VERBATIM_PPROF", "pprof", "on serves profiles of the running program at /debug/pprof, on the same address", func(c *Config, on bool) { c.PProf = on }),
		onOff("VERBATIM_FETCH", "fetch", "on lets /library add fetch web pages, from public addresses alone", func(c *Config, on bool) { c.Fetch = on }),
		{
			Variable: "VERBATIM_DISCORD_URL", Flag: "discord-url", Default: discordURL,
			Usage: "base of Discord's REST API, for a proxy or a test server",
			read:  readDiscordURL,
		},
		{
			Variable: "LOG_LEVEL", Flag: "log-level", Default: "info",
			Usage: "least severity that is logged: debug, info, warn or error",
			read: func(c *Config, value string) error {
				levels := []string{"debug", "info", "warn", "error"}
				if !slices.Contains(levels, strings.ToLower(value)) {
					return errors.New("allowed are debug, info, warn and error")
				}
				return c.LogLevel.UnmarshalText([]byte(value))
			},
		},
		{
			Variable: "LOG_FORMAT", Flag: "log-format", Default: "text on a terminal, else json",
			Usage: "form of the log: text or json",
			read: func(c *Config, value string) error {
				c.LogFormat = Format(strings.ToLower(value))
				if c.LogFormat != Text && c.LogFormat != JSON {
					return errors.New("allowed are text and json")
				}
				return nil
			},
		},
	})
}

// onOff is a setting that is off where nobody switches it on.
func onOff(variable, flag, usage string, set func(c *Config, on bool)) Setting {
	return Setting{
		Variable: variable, Flag: flag, Default: "off", Usage: usage,
		read: func(c *Config, value string) error {
			value = strings.ToLower(value)
			if value != "on" && value != "off" {
				return errors.New("allowed are on and off")
			}
			set(c, value == "on")
			return nil
		},
	}
}

func readDiscordURL(c *Config, value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("allowed is an address with http or https and no query, such as %s", discordURL)
	}
	c.DiscordURL = strings.TrimRight(value, "/")
	return nil
}

// userData is the data folder where none was chosen: where the system keeps what programs
// store for a user. Go knows such folders for settings and caches alone.
func userData() string {
	home, _ := os.UserHomeDir()
	switch {
	case runtime.GOOS == "windows":
		return below(os.Getenv("LocalAppData"))
	case home == "":
		return ""
	case runtime.GOOS == "darwin":
		return below(filepath.Join(home, "Library", "Application Support"))
	}
	if xdg := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
		return below(xdg)
	}
	return below(filepath.Join(home, ".local", "share"))
}

func below(folder string) string {
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "verbatim")
}

// quote shows a value in a message, cut where it is long.
func quote(value string) string {
	if r := []rune(value); len(r) > 60 {
		value = string(r[:60]) + "…"
	}
	return strconv.Quote(value)
}
