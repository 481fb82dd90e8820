package bot

import (
	"strconv"
	"strings"

	"verbatim/corpus"
)

// button is a button under a reply. Its custom_id holds all that it needs, in at most 100
// characters, so that it works whenever it is pressed:
//
//	n/STORY:P.S,P.S;STORY:P.S/SUBJECT   shows the first of these quotes, the rest behind it
//	a/STORY:P.S/SUBJECT                 shows what stands around the quote
//	q/QUESTION                          asks the question
//
// P and S are the numbers of a passage and of a sentence in it, in base 36. SUBJECT is what was
// asked about, so that a reply to the message can be understood ("How old is he?").
type button struct{ label, id string }

const (
	actNext   = "n"
	actAround = "a"
	actAsk    = "q"

	mostID    = 100 // characters of a custom_id
	mostLabel = 80
)

// place is a quote as a button remembers it.
type place struct {
	story             corpus.StoryID
	passage, sentence int
}

func placeOf(q corpus.Quote) place { return place{q.Story().ID, q.Passage(), q.Sentence()} }

// nextButton shows the next of the quotes; as many are kept as fit.
func nextButton(quotes []corpus.Quote, subject string) button {
	var places []place
	for _, q := range quotes {
		places = append(places, placeOf(q))
	}
	for n := len(places); n > 1; n-- {
		if id := customID(actNext, places[:n], subject); len(id) <= mostID {
			return button{"Next match", id}
		}
	}
	return button{"Next match", customID(actNext, places[:1], subject)}
}

func aroundButton(q corpus.Quote, subject string) button {
	return button{"Around it", customID(actAround, []place{placeOf(q)}, subject)}
}

// suggestion asks another question; none where it is too long for a button.
func suggestion(question string) []button {
	id := actAsk + "/" + question
	if len(id) > mostID {
		return nil
	}
	q := corpus.ParseQuestion(question)
	return []button{{clip("Did you mean "+strings.TrimRight(q.Text, "?")+"?", mostLabel), id}}
}

// mostSubject is how many bytes of a subject are kept.
const mostSubject = 40

func customID(act string, places []place, subject string) string {
	var b strings.Builder
	b.WriteString(act + "/")
	for i, p := range places {
		switch {
		case i > 0 && places[i-1].story == p.story:
			b.WriteByte(',')
		case i > 0:
			b.WriteByte(';')
			fallthrough
		default:
			b.WriteString(string(p.story) + ":")
		}
		b.WriteString(strconv.FormatInt(int64(p.passage), 36) + "." + strconv.FormatInt(int64(p.sentence), 36))
	}
	if len(subject) <= mostSubject && subject != "" {
		b.WriteString("/" + subject)
	}
	return b.String()
}

// press is what a custom_id says.
type press struct {
	act      string
	places   []place
	subject  string
	question string
}

// parseID reads a custom_id, whoever made it up; false where it is none of ours.
func parseID(id string) (p press, ok bool) {
	act, rest, _ := strings.Cut(id, "/")
	switch act {
	case actAsk:
		return press{act: act, question: rest}, strings.TrimSpace(rest) != ""
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

func parsePlace(story corpus.StoryID, item string) (place, bool) {
	passage, sentence, ok := strings.Cut(item, ".")
	p, err := strconv.ParseInt(passage, 36, 32)
	s, err2 := strconv.ParseInt(sentence, 36, 32)
	return place{story, int(p), int(s)}, ok && err == nil && err2 == nil && p >= 0 && s >= 0
}

// quotes finds the places in the stories that a library may see; those of stories that have
// changed since are left out.
func (p press) quotes(shelf Shelf, lib corpus.LibraryID) (found []corpus.Quote) {
	for _, at := range p.places {
		s, ok := shelf.Story(lib, at.story)
		if !ok {
			continue
		}
		if q, ok := corpus.NewQuote(s, at.passage, at.sentence); ok {
			found = append(found, q)
		}
	}
	return found
}
