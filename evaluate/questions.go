package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"verbatim/corpus"
)

// Set is a file of questions with the stories that they are asked of.
type Set struct {
	Name      string
	Stories   []*corpus.Story
	Questions []Question
	// Sentences says that a passage is one sentence, as in SelQA, where places are counted
	// by passage instead of by offset.
	Sentences bool
}

// Question is one of a set, with what answers it.
type Question struct {
	Text  string
	Story int           // index into Set.Stories
	Gold  []corpus.Span // places in the story's text, any of which answers; none: the story does not answer
}

// Answerable reports whether the story answers.
func (q *Question) Answerable() bool { return len(q.Gold) > 0 }

// Read reads a file in SQuAD's or SelQA's format.
func Read(path string) (*Set, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &Set{Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		err = s.readSelQA(raw)
	} else {
		err = s.readSQuAD(raw)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

type squadFile struct {
	Data []struct {
		Title      string `json:"title"`
		Paragraphs []struct {
			Context string `json:"context"`
			QAs     []struct {
				Question     string `json:"question"`
				IsImpossible bool   `json:"is_impossible"`
				Answers      []struct {
					Text  string `json:"text"`
					Start int    `json:"answer_start"` // in characters
				} `json:"answers"`
			} `json:"qas"`
		} `json:"paragraphs"`
	} `json:"data"`
}

// readSQuAD makes each article a story: its title as the heading, one paragraph a passage.
func (s *Set) readSQuAD(raw []byte) error {
	var file squadFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return err
	}
	if len(file.Data) == 0 {
		return fmt.Errorf("no article in it; expected the format of SQuAD 2.0 or of SelQA")
	}
	for _, article := range file.Data {
		b := storyBuilder{title: strings.ReplaceAll(article.Title, "_", " ")}
		b.heading(b.title)
		for _, p := range article.Paragraphs {
			start := b.passage(p.Context)
			for _, qa := range p.QAs {
				q := Question{Text: qa.Question, Story: len(s.Stories)}
				for _, a := range qa.Answers {
					if at, ok := byteSpan(p.Context, a.Start, a.Text); ok && !qa.IsImpossible {
						q.Gold = append(q.Gold, corpus.Span{Start: start + at.Start, End: start + at.End})
					}
				}
				if q.Answerable() || qa.IsImpossible {
					s.Questions = append(s.Questions, q)
				}
			}
		}
		if err := s.add(&b); err != nil {
			return err
		}
	}
	return nil
}

// byteSpan turns an offset in characters into a place in bytes.
func byteSpan(text string, start int, answer string) (corpus.Span, bool) {
	n := 0
	for i := range text {
		if n == start {
			return corpus.Span{Start: i, End: i + len(answer)}, strings.HasPrefix(text[i:], answer)
		}
		n++
	}
	return corpus.Span{}, false
}

type selqaEntry struct {
	Article    string   `json:"article"`
	Section    string   `json:"section"`
	Question   string   `json:"question"`
	Candidates []string `json:"candidates"`
	Answers    []int    `json:"answers"`
}

// readSelQA makes each section a story of its own, one sentence a passage.
func (s *Set) readSelQA(raw []byte) error {
	var entries []selqaEntry
	if err := json.Unmarshal(raw, &entries); err != nil {
		return err
	}
	s.Sentences = true
	for _, e := range entries {
		b := storyBuilder{title: e.Article}
		b.heading(e.Article)
		b.heading(e.Section)
		var places []corpus.Span
		for _, c := range e.Candidates {
			c = strings.TrimSpace(c) // as passages are
			start := b.passage(c)
			places = append(places, corpus.Span{Start: start, End: start + len(c)})
		}
		q := Question{Text: e.Question, Story: len(s.Stories)}
		for _, i := range e.Answers {
			q.Gold = append(q.Gold, places[i])
		}
		s.Questions = append(s.Questions, q)
		if err := s.add(&b); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) add(b *storyBuilder) error {
	story, err := corpus.NewStory(corpus.Meta{Title: b.title, Source: b.title}, b.text.String(), b.blocks)
	if err != nil {
		return fmt.Errorf("%q: %w", b.title, err)
	}
	s.Stories = append(s.Stories, story)
	return nil
}

// storyBuilder writes a story's text block by block.
type storyBuilder struct {
	title  string
	text   strings.Builder
	blocks []corpus.Block
}

func (b *storyBuilder) heading(text string) { b.block(text, 1) }

// passage returns where the passage starts.
func (b *storyBuilder) passage(text string) int { return b.block(text, 0) }

func (b *storyBuilder) block(text string, level int) int {
	start := b.text.Len()
	b.text.WriteString(text)
	b.blocks = append(b.blocks, corpus.Block{Span: corpus.Span{Start: start, End: b.text.Len()}, Level: level})
	b.text.WriteString("\n\n")
	return start
}
