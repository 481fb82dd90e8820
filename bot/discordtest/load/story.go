package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// passagesAStory is the size of a story: that of a long article.
const passagesAStory = 200

// fact is something that a story says, and that can be asked for.
type fact struct {
	person, thing, place string
	year                 int
}

// writeStories writes stories of so many passages in all into a folder. They are made of few
// sentences and many names, so that a search has much to tell apart.
func writeStories(folder string, passages int, seed uint64) (facts []fact, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	if passages == 0 {
		return []fact{{person: "Alexandr Wang", thing: "Scale AI", place: "Meta", year: 2025}}, nil
	}
	chance := rand.New(rand.NewPCG(seed, 0))
	for n := 0; len(facts) < passages; n++ {
		text, told := story(chance, fmt.Sprintf("Chronicle %d", n+1), min(passagesAStory, passages-len(facts)))
		facts = append(facts, told...)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("chronicle-%04d.txt", n+1)), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// story is a text of so many passages, each of which tells a fact.
func story(chance *rand.Rand, title string, passages int) (text string, facts []fact) {
	var b strings.Builder
	b.WriteString(title + "\n\n")
	for range passages {
		f := fact{person: name(chance) + " " + name(chance), thing: pick(chance, things), place: name(chance) + pick(chance, []string{"haven", "ford", "stead", " Bay", " Hill"}), year: 1700 + chance.IntN(320)}
		facts = append(facts, f)
		b.WriteString(passage(chance, f) + "\n\n")
	}
	return b.String(), facts
}

var (
	things = strings.Split("lighthouse,granary,bridge,ferry,observatory,printing press,school,mill,harbour wall,library,foundry,garden,market hall,canal,hospital,tram line", ",")
	trades = strings.Split("engineer,teacher,fisher,printer,carpenter,doctor,surveyor,captain,weaver,merchant,botanist,mason", ",")
	causes = strings.Split("the old one had burnt down,the winters were long,trade had doubled,the river kept flooding,nobody else would pay,the council had promised it,travellers asked for it,the harvest was rich", ",")
	ends   = strings.Split("It still stands today.,Few visitors know of it.,The accounts of the work are lost.,A plaque on the north side tells of it.,Children learn of it at school.,It was repaired twice since.", ",")
)

func passage(chance *rand.Rand, f fact) string {
	return fmt.Sprintf("%s, a %s of %d, built the %s of %s in %d, since %s. It cost %d crowns, and %d people worked on it under %s %s. %s",
		f.person, pick(chance, trades), 20+chance.IntN(50), f.thing, f.place, f.year, pick(chance, causes), 100+chance.IntN(90000), 3+chance.IntN(400), name(chance), name(chance), pick(chance, ends))
}

// name is made of two or three syllables.
func name(chance *rand.Rand) string {
	var b strings.Builder
	for range 2 + chance.IntN(2) {
		b.WriteString(pick(chance, syllables))
	}
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}

var syllables = strings.Split("ba,bel,dor,du,el,fen,gar,hal,ith,jo,ka,kel,lin,lo,mar,mi,nor,nu,ol,pe,ral,ri,sa,sel,tar,to,ul,va,wen,yor,zan,ze", ",")

func pick(chance *rand.Rand, from []string) string { return from[chance.IntN(len(from))] }

// question asks for a fact; one in eight is about what no story tells.
func (f fact) question(chance *rand.Rand) (command, option, text string) {
	switch chance.IntN(8) {
	case 0:
		return "who", "name", f.person
	case 1:
		return "when", "about", "the " + f.thing + " of " + f.place
	case 2:
		return "why", "about", f.person + " built the " + f.thing
	case 3:
		return "ask", "question", fmt.Sprintf("Who built the %s of %s?", f.thing, f.place)
	case 4:
		return "ask", "question", fmt.Sprintf("What did %s build in %d?", f.person, f.year)
	case 5:
		return "ask", "question", fmt.Sprintf("How much did the %s of %s cost?", f.thing, f.place)
	case 6:
		return "quote", "words", fmt.Sprintf("the %s of %s", f.thing, f.place)
	default:
		return "ask", "question", "Who painted the ceiling of the " + f.thing + "?"
	}
}
