package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Finding is what [Examine] found out about one thing.
type Finding struct {
	About string // one or two words
	Good  bool
	Says  string // and, where it is not good, what to do
}

// Examine looks at a bot from Discord's side without joining the gateway: its token, its settings
// on the developer portal, how often it may still connect, the clock, and its permissions in each
// server. It stops at the first thing without which the others cannot be told.
func Examine(ctx context.Context, token, apiURL string) []Finding {
	base, err := url.Parse(apiURL)
	if err != nil {
		return []Finding{bad("Discord", "%q is no address.", apiURL)}
	}
	t := newTransport(base, newCircuit(slog.New(slog.DiscardHandler)), nobody{})
	s, _ := discordgo.New("Bot " + token) // never fails
	s.Client = t.client()
	e := &examination{session: s, ctx: discordgo.WithContext(ctx)}
	if !e.token() {
		return e.findings
	}
	e.portal()
	e.gateway()
	e.clock(&t.clock)
	e.servers()
	return e.findings
}

type examination struct {
	session  *discordgo.Session
	ctx      discordgo.RequestOption
	me       *discordgo.User
	findings []Finding
}

func (e *examination) note(f Finding) { e.findings = append(e.findings, f) }

func good(about, format string, args ...any) Finding {
	return Finding{about, true, fmt.Sprintf(format, args...)}
}

func bad(about, format string, args ...any) Finding {
	return Finding{about, false, fmt.Sprintf(format, args...)}
}

// token asks who the token belongs to; false where nothing else can be asked.
func (e *examination) token() bool {
	var err error
	e.me, err = e.session.User("@me", e.ctx)
	var fatal *FatalError
	switch {
	case err == nil:
		e.note(good("token", "is that of @%s (%s).", e.me.Username, e.me.ID))
		return true
	case errors.As(fatalREST(err), &fatal):
		e.note(bad("token", "%s", fatal.Error()))
	default:
		e.note(bad("Discord", "cannot be reached: %v. Check the network, a proxy, and VERBATIM_DISCORD_URL.", briefly(err)))
	}
	return false
}

// portal looks at what is set on the developer portal.
func (e *examination) portal() {
	var app struct {
		InteractionsURL string `json:"interactions_endpoint_url"`
	}
	raw, err := e.session.RequestWithBucketID("GET", discordgo.EndpointAPI+"applications/@me", nil, discordgo.EndpointAPI+"applications/@me", e.ctx)
	if err == nil {
		err = json.Unmarshal(raw, &app)
	}
	switch {
	case err != nil:
		e.note(bad("intents", "cannot be told: %v. Try again in a moment.", briefly(err)))
	case app.InteractionsURL != "":
		e.note(bad("intents", "need nothing, but commands go to %s instead of to this bot: clear the Interactions Endpoint URL on the page General Information at %s.", app.InteractionsURL, portal))
	default:
		e.note(good("intents", "need nothing: no privileged one is used."))
	}
}

// gateway looks at how often the bot may connect.
func (e *examination) gateway() {
	g, err := e.session.GatewayBot(e.ctx)
	const few = 10
	switch {
	case err != nil:
		e.note(bad("gateway", "cannot be told: %v. Try again in a moment.", briefly(err)))
	case g.Shards > 1:
		e.note(bad("gateway", "Discord wants %d connections, since the bot is in so many servers; this version has one.", g.Shards))
	case g.SessionStartLimit.Remaining < few:
		reset := time.Duration(g.SessionStartLimit.ResetAfter) * time.Millisecond
		e.note(bad("gateway", "only %d new sessions are left for the next %v: find out why the bot restarts so often.", g.SessionStartLimit.Remaining, reset.Round(time.Minute)))
	default:
		e.note(good("gateway", "%d of %d new sessions are left for today.", g.SessionStartLimit.Remaining, g.SessionStartLimit.Total))
	}
}

// mostSkew is how wrong a clock may be: certificates and logs mind minutes, people seconds.
const mostSkew = 30 * time.Second

func (e *examination) clock(c *clock) {
	skew, known := c.skew()
	switch {
	case !known:
		e.note(bad("clock", "cannot be compared: the answers of Discord name no time, so a proxy takes it out."))
	case skew > mostSkew || skew < -mostSkew:
		e.note(bad("clock", "is %v off. Answers do not mind, but certificates and logs do: switch on time synchronisation (NTP).", skew.Round(time.Second)))
	default:
		e.note(good("clock", "is right, to %v.", mostSkew))
	}
}

// needed are the permissions in the invite link, by the names that Discord shows.
var needed = []struct {
	bit  int64
	name string
}{
	{discordgo.PermissionViewChannel, "View Channels"},
	{discordgo.PermissionSendMessages, "Send Messages"},
	{discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"},
	{discordgo.PermissionEmbedLinks, "Embed Links"},
	{discordgo.PermissionReadMessageHistory, "Read Message History"},
}

// servers looks at the bot's permissions in each server.
func (e *examination) servers() {
	const page = 200
	for count, after := 0, ""; ; {
		guilds, err := e.session.UserGuilds(page, "", after, false, e.ctx)
		if err != nil {
			e.note(bad("servers", "cannot be told: %v. Try again in a moment.", briefly(err)))
			return
		}
		for _, g := range guilds {
			e.server(g)
			after = g.ID
		}
		count += len(guilds)
		if len(guilds) < page {
			if count == 0 {
				e.note(bad("servers", "the bot is in none. Invite it: %s", inviteLink(e.me.ID)))
			}
			return
		}
	}
}

func (e *examination) server(g *discordgo.UserGuild) {
	var lacks []string
	for _, p := range needed {
		if g.Permissions&(p.bit|discordgo.PermissionAdministrator) == 0 {
			lacks = append(lacks, p.name)
		}
	}
	if len(lacks) > 0 {
		e.note(bad("server", "%q (%s) does not give the bot %s: allow it in Server Settings, Roles, or invite it again: %s", clip(clean(g.Name), mostTitle), g.ID, strings.Join(lacks, ", "), inviteLink(e.me.ID)))
		return
	}
	e.note(good("server", "%q (%s) gives the bot what it needs. Single channels may still refuse it.", clip(clean(g.Name), mostTitle), g.ID))
}

// briefly is what went wrong with a request, in a few words.
func briefly(err error) error {
	var refused *discordgo.RESTError
	if errors.As(err, &refused) {
		return fmt.Errorf("HTTP status %s", refused.Response.Status)
	}
	return withoutAddress(err)
}
