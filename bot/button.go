package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// button is a button under a reply. Its custom_id holds all that it needs, in at most 100
// characters, so that it works whenever it is pressed:
//
//	n/STORY:P.S,P.S;STORY:P.S/SUBJECT   shows the first of these quotes, the rest behind it
//	a/STORY:P.S/SUBJECT                 shows what stands around the quote
//	q/QUESTION                          asks the question
//	u/REVISION.UNIX                     takes a change of the library back, until then
//	l/PAGE                              shows a page of the list of the library
//	f/                                  erases the library
//
// P and S are the numbers of a passage and of a sentence in it, in base 36. SUBJECT is what was
// asked about, so that a reply to the message can be understood ("How old is he?"). Whether who
// presses may do it is looked up then.
type button struct {
	label, id string
	danger    bool // there is no way back
}

const (
	actNext   = "n"
	actAround = "a"
	actAsk    = "q"
	actUndo   = "u"
	actList   = "l"
	actForget = "f"

	mostID    = 100 // characters of a custom_id
	mostLabel = 80
)

// nextButton shows the next of the quotes; as many are kept as fit.
func nextButton(quotes []corpus.Quote, subject string) button {
	var places []corpus.Place
	for _, q := range quotes {
		places = append(places, q.Place())
	}
	for n := len(places); n > 1; n-- {
		if id := customID(actNext, places[:n], subject); len(id) <= mostID {
			return button{label: "Next match", id: id}
		}
	}
	return button{label: "Next match", id: customID(actNext, places[:1], subject)}
}

func aroundButton(q corpus.Quote, subject string) button {
	return button{label: "Around it", id: customID(actAround, []corpus.Place{q.Place()}, subject)}
}

// suggestion asks another question; none where there is none, or it is too long for a button.
func suggestion(question string) []button {
	id := actAsk + "/" + question
	if question == "" || len(id) > mostID {
		return nil
	}
	q := corpus.ParseQuestion(question)
	return []button{{label: clip("Did you mean "+strings.TrimRight(q.Text, "?")+"?", mostLabel), id: id}}
}

func undoButton(c corpus.Change) button {
	return button{label: "Undo", id: actUndo + "/" + strconv.FormatInt(c.Revision, 36) + "." + strconv.FormatInt(c.Undo.Unix(), 36)}
}

func pageButton(label string, page int) button {
	return button{label: label, id: actList + "/" + strconv.Itoa(page)}
}

func (b button) style() discordgo.ButtonStyle {
	if b.danger {
		return discordgo.DangerButton
	}
	return discordgo.SecondaryButton
}

// mostSubject is how many bytes of a subject are kept.
const mostSubject = 40

func customID(act string, places []corpus.Place, subject string) string {
	var b strings.Builder
	b.WriteString(act + "/")
	for i, p := range places {
		switch {
		case i > 0 && places[i-1].Story == p.Story:
			b.WriteByte(',')
		case i > 0:
			b.WriteByte(';')
			fallthrough
		default:
			b.WriteString(string(p.Story) + ":")
		}
		b.WriteString(strconv.FormatInt(int64(p.Passage), 36) + "." + strconv.FormatInt(int64(p.Sentence), 36))
	}
	if len(subject) <= mostSubject && subject != "" {
		b.WriteString("/" + subject)
	}
	return b.String()
}

// press is what a custom_id says.
type press struct {
	act      string
	places   []corpus.Place
	subject  string
	question string
	number   int64     // of a revision, or a page
	until    time.Time // when the button ends
}

// parseID reads a custom_id, whoever made it up; false where it is none of ours.
func parseID(id string) (p press, ok bool) {
	act, rest, _ := strings.Cut(id, "/")
	switch act {
	case actAsk:
		return press{act: act, question: rest}, strings.TrimSpace(rest) != ""
	case actUndo:
		revision, until, _ := strings.Cut(rest, ".")
		n, err := strconv.ParseInt(revision, 36, 64)
		t, err2 := strconv.ParseInt(until, 36, 64)
		return press{act: act, number: n, until: time.Unix(t, 0)}, err == nil && err2 == nil && n > 0
	case actList:
		n, err := strconv.ParseInt(rest, 10, 32)
		return press{act: act, number: n}, err == nil && n >= 0
	case actForget:
		return press{act: act}, rest == ""
	case actNext, actAround:
		places, subject, _ := strings.Cut(rest, "/")
		p = press{act: act, subject: subject}
		for _, group := range strings.Split(places, ";") {
			story, list, _ := strings.Cut(group, ":")
			for _, item := range strings.Split(list, ",") {
				at, ok := parsePlace(corpus.StoryID(story), item)
				if !ok {
					return press{}, false
				}
				p.places = append(p.places, at)
			}
		}
		return p, true
	}
	return press{}, false
}

func parsePlace(story corpus.StoryID, item string) (corpus.Place, bool) {
	passage, sentence, ok := strings.Cut(item, ".")
	p, err := strconv.ParseInt(passage, 36, 32)
	s, err2 := strconv.ParseInt(sentence, 36, 32)
	return corpus.Place{Story: story, Passage: int(p), Sentence: int(s)}, ok && err == nil && err2 == nil && p >= 0 && s >= 0
}

// quotes finds the places in the stories that a library may see; those of stories that have
// changed since are left out.
func (p press) quotes(shelf Shelf, lib corpus.LibraryID) (found []corpus.Quote) {
	for _, at := range p.places {
		s, ok := shelf.Story(lib, at.Story)
		if !ok {
			continue
		}
		if q, ok := corpus.NewQuote(s, at.Passage, at.Sentence); ok {
			found = append(found, q)
		}
	}
	return found
}
