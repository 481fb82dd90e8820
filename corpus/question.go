package corpus

import "strings"

// Command is the way in which a question was put.
type Command string

// The commands that ask. Ask takes a question in plain words; Words wants words that
// stand in the story; the others take a name or a subject.
const (
	Ask   Command = "ask"
	Who   Command = "who"
	What  Command = "what"
	When  Command = "when"
	Where Command = "where"
	Why   Command = "why"
	Words Command = "quote"
)

// MaxQuestion is how many characters of a question are read. What is longer is cut, since
// no more than a dozen of its words are looked up anyway.
const MaxQuestion = 256

// Question is what a person wants to know.
type Question struct {
	Text    string  // as the person wrote it, without the command
	Command Command // empty means Ask

	Library LibraryID // whose stories may answer, beside the operator's
	Story   StoryID   // the only story that may answer; empty for all

	// Before is the question that the same person asked last, where that may complete
	// this one ("How old is he?"); nil where there is none.
	Before *Before

	Limit int // how many quotes are wanted at most; 0 means 3
}

// Before is an earlier question and where it was answered. It holds no story, so that many of them
// can be remembered.
type Before struct {
	Question string
	Answer   Place // the zero value where nothing answered
}

// commands are those that ParseQuestion reads.
var commands = []Command{Ask, Who, What, When, Where, Why, Words}

// ParseQuestion reads a line: "/who Mara Lind" is that command, any other line is a
// question in plain words. An unknown command is one too.
func ParseQuestion(line string) Question {
	line = strings.TrimSpace(line)
	for _, c := range commands {
		if rest, ok := strings.CutPrefix(line, "/"+string(c)); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return Question{Command: c, Text: strings.TrimSpace(rest)}
		}
	}
	return Question{Command: Ask, Text: line}
}

// String is the question as a line that ParseQuestion reads.
func (q Question) String() string {
	if q.Command == "" || q.Command == Ask {
		return q.Text
	}
	return "/" + string(q.Command) + " " + q.Text
}
