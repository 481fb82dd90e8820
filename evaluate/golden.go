package evaluate

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"verbatim/corpus"
)

// Golden is a question that people wrote for their own stories: what the answer must hold, or
// that there must be none.
type Golden struct {
	Question string `json:"question"`
	Expect   string `json:"expect"` // words of the answering passage; empty: no answer
}

// ReadGolden reads golden questions, one JSON object a line.
func ReadGolden(r io.Reader) (all []Golden, err error) {
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		var g Golden
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&g); err != nil || g.Question == "" {
			return nil, fmt.Errorf(`line %d: expected {"question": "…", "expect": "words of the answer"}, where no "expect" means no answer: %v`, n, err)
		}
		all = append(all, g)
	}
	return all, lines.Err()
}

// Verdict is how a golden question went.
type Verdict struct {
	Golden
	Pass bool   `json:"pass"`
	Got  string `json:"got"` // the sentence that was given as an answer; empty for none
}

// Check asks golden questions: what is expected must stand in the first quote's passage, and
// where nothing is, no answer may be given.
func Check(ctx context.Context, x Asker, questions []Golden) ([]Verdict, error) {
	var out []Verdict
	for _, g := range questions {
		a, err := x.Answer(ctx, corpus.ParseQuestion(g.Question))
		if err != nil {
			return nil, err
		}
		v := Verdict{Golden: g}
		passage := ""
		if a.Outcome == corpus.Answered {
			v.Got = corpus.Unwrap(a.Quotes[0].SentenceText())
			passage = corpus.Unwrap(a.Quotes[0].Text())
		}
		v.Pass = g.Expect == "" && passage == "" || g.Expect != "" && strings.Contains(passage, corpus.Unwrap(g.Expect))
		out = append(out, v)
	}
	return out, nil
}
