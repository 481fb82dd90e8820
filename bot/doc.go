// Package bot answers questions on Discord.
//
// The way of a question: an event comes from the gateway as an interaction (interaction.go) or a
// message (message.go), which take a [corpus.Question] out of it. All ways of asking meet in
// ask.go, where nobody asks too fast (quota.go) and servers take turns (queue.go). The answer becomes a message in reply.go, escaped so that Discord
// shows the story's own characters (escape.go) and cut to Discord's limits (excerpt.go). The
// buttons under it hold all that they need (button.go), so they work after a restart. errors.go
// turns errors into sentences for people.
//
// The way to Discord: session.go is the state machine of the session, pace.go when a new one may
// begin, life.go one session over all of its connections, which gateway.go watches and frames.go
// reads along. What the bot tells Discord goes through rest.go, within the rate limits
// (ratelimit.go), and through transport.go, where circuit.go stops it before Discord does. clock.go
// is Discord's time. examine.go looks at all this from outside, for verbatim doctor.
//
// A server's own stories: library.go has the commands and rights.go says who may use them. add.go
// makes drafts of attachments (attachment.go), pages and messages, and change.go says what became
// of them; work.go keeps the asker informed meanwhile. list.go, export.go and settings.go are the
// other commands. greet.go greets a server that has added the bot.
//
// The package promises: every quote stands in the story and pings nobody; an interaction is
// acknowledged once, within Discord's three seconds, by one retry if need be; a panic in one
// event leaves the others alone; a session that hangs is replaced; what no restart can mend is
// a [FatalError]; a library is changed only by who may, in the server that the event came from.
//
// It finds no answers and keeps no stories itself: see [Answerer], [Shelf] and [Keeper], which
// others satisfy.
// Start with ask.go.
package bot
