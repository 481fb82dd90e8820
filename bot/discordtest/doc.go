// Package discordtest is a Discord for tests: REST API v9 and gateway on a loopback port, in the
// manner of net/http/httptest.
//
// [New] starts one. The bot under test is given its URL and token; the test plays the users
// ([Server.Slash], [Server.Press], [Server.Say], …) and gets back what the bot answered. What
// Discord documents as limits is enforced: a message that is too long, a custom_id used twice, a
// second answer to an interaction or a request for a route that is not there fails the test.
// Faults are injected by [Server.Inject] and by the methods of gateway.go and wire.go.
//
// rest.go serves the API, limits.go has the limits, fault.go fails requests, gateway.go is the
// gateway, wire.go its connections, users.go the users, actor.go those with rights, attachment.go what
// they attach, guild.go the servers that the bot joins. The command load measures a whole bot.
// Only tests import this package.
package discordtest
