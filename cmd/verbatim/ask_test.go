package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"verbatim/index"
)

func TestEachLine(t *testing.T) {
	t.Parallel()
	x := newConversation(t, new(bytes.Buffer)).x
	tests := map[string]struct {
		in   string
		want []string
	}{
		"nothing":             {"", nil},
		"empty lines":         {"\n \n\r\n", nil},
		"no line end":         {"who", []string{"who"}},
		"carriage returns":    {"who\r\nwhat\r\n", []string{"who", "what"}},
		"spaces":              {"  who is it ?\t\n", []string{"who is it ?"}},
		"a very long line":    {strings.Repeat("a", 3*maxLine) + "\nwho\n", []string{strings.Repeat("a", maxLine), "who"}},
		"broken UTF-8":        {"who \xff\xfe\nwhat\n", []string{"who \ufffd\ufffd", "what"}},
		"NUL and other signs": {"\x00\x1b[31m\n", []string{"\x00\x1b[31m"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			n, err := eachLine(t.Context(), strings.NewReader(test.in), asking{x: x, limit: 1, write: writeJSON(&out)})
			if err != nil || n != len(test.want) {
				t.Fatalf("%d questions, %v; want %d", n, err, len(test.want))
			}
			for lines := json.NewDecoder(&out); len(test.want) > 0; test.want = test.want[1:] {
				var a answerJSON
				if err := lines.Decode(&a); err != nil || a.Question != test.want[0] {
					t.Errorf("got %.40q, %v; want %.40q", a.Question, err, test.want[0])
				}
			}
		})
	}
}

// TestAnswersStream asks through a pipe: the first answer comes before the second question.
func TestAnswersStream(t *testing.T) {
	t.Parallel()
	x := newConversation(t, new(bytes.Buffer)).x
	questions, in := io.Pipe()
	out, answers := io.Pipe()
	go func() {
		_, err := eachLine(t.Context(), questions, asking{x: x, limit: 1, write: writeJSON(answers)})
		answers.CloseWithError(err)
	}()
	lines := json.NewDecoder(out)
	for _, q := range []string{"who is mara lind", "what did the crane cost"} {
		if _, err := io.WriteString(in, q+"\n"); err != nil {
			t.Fatal(err)
		}
		var a answerJSON
		if err := lines.Decode(&a); err != nil || a.Question != q || len(a.Quotes) == 0 {
			t.Errorf("%s: %+v, %v", q, a, err)
		}
	}
	in.Close()
	if err := lines.Decode(new(answerJSON)); err != io.EOF {
		t.Errorf("after the last question: %v", err)
	}
}

func TestExplainShowsTheRunnerUp(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := newConversation(t, &out)
	err := asking{x: c.x, limit: 2, explain: true, write: c.explained}.one(t.Context(), "what did the council choose or the crane cost?", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Outcome: ", "Quote 1: passage ", "Runner-up: passage ", "contribution"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
}

// BenchmarkAsk is a question in a running program, to the built-in story.
func BenchmarkAsk(b *testing.B) {
	stories, _, err := readStories(newReader(""), nil)
	if err != nil {
		b.Fatal(err)
	}
	x, err := index.New(stories)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	a := asking{x: x, limit: defaultLimit, write: writeJSON(io.Discard)}
	for b.Loop() {
		if err := a.one(b.Context(), "Who is Alexandr Wang?", true); err != nil {
			b.Fatal(err)
		}
	}
}
