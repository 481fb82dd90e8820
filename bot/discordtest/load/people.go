package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"verbatim/bot/discordtest"
)

// people ask, and count what they get.
type people struct {
	discord *discordtest.Server
	facts   []fact
	o       options
	chance  *rand.Rand

	began     time.Time
	commands  []asked
	mentions  map[string]time.Time // by the message's ID
	answered  map[string]time.Time // mentions that were, and when they were asked
	offered   int
	outcomes  [outcomes]int
	latencies []latency
	losses    []loss
}

type asked struct {
	*discordtest.Interaction
	at time.Time
}

// latency is how long somebody waited for the first response.
type latency struct {
	at   time.Duration // since the beginning
	took time.Duration
}

// loss is a question that was lost.
type loss struct {
	what, id string
	at       time.Time
}

// outcome is what became of a question.
type outcome int

const (
	answered outcome = iota
	missed           // asked while there was no session: Discord delivers it to nobody
	late             // the bot heard of it through a RESUME, when Discord had stopped waiting or soon would
	failed           // an injected fault of the API met each try to answer it
	lost             // none of these: the bot's fault
	twice            // so is that
	outcomes
)

func newPeople(d *discordtest.Server, facts []fact, o options) *people {
	return &people{discord: d, facts: facts, o: o, chance: rand.New(rand.NewPCG(o.seed, 1)), mentions: map[string]time.Time{}, answered: map[string]time.Time{}}
}

// ask asks at the wanted rate until ctx ends.
func (p *people) ask(ctx context.Context) {
	p.began = time.Now()
	look := p.began
	for n := 0; ctx.Err() == nil; n++ {
		due := p.began.Add(time.Duration(float64(n) / p.o.rate * float64(time.Second)))
		time.Sleep(time.Until(due))
		p.one()
		if time.Since(look) > 100*time.Millisecond {
			p.collect()
			look = time.Now()
		}
	}
}

// server is the ID of a server.
func server(n int) string { return strconv.Itoa(210000000000000000 + n) }

// one lets somebody ask something: nine in ten by a command, the others by a mention.
func (p *people) one() {
	p.offered++
	guild := server(p.chance.IntN(p.o.servers))
	user := strconv.Itoa(410000000000000000 + p.chance.IntN(p.o.servers*p.o.people))
	command, option, text := p.facts[p.chance.IntN(len(p.facts))].question(p.chance)
	if p.chance.IntN(10) > 0 {
		p.commands = append(p.commands, asked{p.discord.SendAs(discordtest.Actor{ID: user, Guild: guild}, command, discordtest.Args{option: text}), time.Now()})
		return
	}
	said := discordtest.Said{Content: fmt.Sprintf("<@%s> /%s %s", discordtest.BotID, command, text), Mention: true, Guild: guild, User: user}
	if id := p.discord.Say(said); id != "" {
		p.mentions[id] = time.Now()
	} else {
		p.outcomes[missed]++
	}
}

// patience is after how long a question without an answer counts as lost: longer than the bot
// needs to notice any of the faults.
const patience = 45 * time.Second

// tight is how little time for an answer excuses a bot that gave none.
const tight = time.Second

// collect looks at what has been answered.
func (p *people) collect() {
	open := p.commands[:0]
	for _, a := range p.commands {
		if !p.settled(a) {
			open = append(open, a)
		}
	}
	clear(p.commands[len(open):])
	p.commands = open
	p.collectMentions()
}

// settled counts a command whose outcome is known.
func (p *people) settled(a asked) bool {
	i, done := p.discord.Look(a.Interaction)
	if !done && time.Since(a.at) < patience && !i.Late && !i.Missed {
		return false
	}
	p.discord.Forget(a.Interaction)
	switch {
	case done:
		p.outcomes[answered]++
		p.latencies = append(p.latencies, latency{a.at.Sub(p.began), i.First})
	case i.Missed:
		p.outcomes[missed]++
	case i.Resumed > acknowledged-tight:
		p.outcomes[late]++
	case i.Faulted:
		p.outcomes[failed]++
	default:
		p.lose(i.Name, i.ID, a.at)
	}
	return true
}

func (p *people) lose(what, id string, at time.Time) {
	p.outcomes[lost]++
	p.losses = append(p.losses, loss{what, id, at})
}

func (p *people) collectMentions() {
	for _, m := range p.discord.TakeMessages() {
		reference, _ := m.Body["message_reference"].(map[string]any)
		id, _ := reference["message_id"].(string)
		at, open := p.mentions[id]
		switch {
		case open:
			p.outcomes[answered]++
			p.latencies = append(p.latencies, latency{at.Sub(p.began), m.At.Sub(at)})
			p.answered[id] = at
			delete(p.mentions, id)
		case !p.answered[id].IsZero():
			p.outcomes[twice]++
		}
	}
	for id, at := range p.mentions {
		if time.Since(at) > patience {
			p.lose("a mention", id, at)
			delete(p.mentions, id)
		}
	}
	for id, at := range p.answered {
		if time.Since(at) > 3*patience {
			delete(p.answered, id)
		}
	}
}

// settle waits for the answers that are still to come, while the bot lives.
func (p *people) settle(ended <-chan struct{}) {
	for len(p.commands)+len(p.mentions) > 0 {
		select {
		case <-ended:
			p.outcomes[lost] += len(p.commands) + len(p.mentions)
			return
		case <-time.After(100 * time.Millisecond):
			p.collect()
		}
	}
}
