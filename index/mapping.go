package index

import (
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// The fields of a document, which is a passage.
const (
	fieldText    = "text"    // its words
	fieldContext = "context" // the words of the story's title and of the heading above
	fieldStory   = "story"   // the story's number, to ask one story alone
)

// analyzerName names the analyzer in the mapping that Bleve keeps with an index.
const analyzerName = "verbatim"

// document is what Bleve indexes of a passage. It stores none of it: the story has the words.
type document struct {
	Text    string `json:"text"`
	Context string `json:"context"`
	Story   string `json:"story"`
}

// register makes our tokenizer known to Bleve, whose registry is global and takes a name once.
var register = sync.OnceValue(func() error {
	return registry.RegisterTokenizer(analyzerName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return termTokenizer{}, nil
	})
})

// newMapping indexes passages by the very terms that the ranking compares: Bleve's own English
// analyzers drop "who" and "it", stem "news" to "new" and lose "U.S." and "$".
func newMapping() (mapping.IndexMapping, error) {
	if err := register(); err != nil {
		return nil, err
	}
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(analyzerName, map[string]any{"type": custom.Name, "tokenizer": analyzerName}); err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	for field, analyzer := range map[string]string{fieldText: analyzerName, fieldContext: analyzerName, fieldStory: keyword.Name} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = analyzer, false, false, false, false
		doc.AddFieldMappingsAt(field, f)
	}
	m.DefaultMapping = doc
	return m, nil
}

// termTokenizer gives Bleve the terms of a text.
type termTokenizer struct{}

// Tokenize implements [analysis.Tokenizer].
func (termTokenizer) Tokenize(input []byte) analysis.TokenStream {
	stream := make(analysis.TokenStream, 0, len(input)/6)
	tokenize(string(input), func(t token) {
		if stopWords[t.form] {
			return
		}
		stream = append(stream, &analysis.Token{Start: t.start, End: t.end, Term: []byte(stemOf(t.form)), Position: len(stream) + 1, Type: analysis.AlphaNumeric})
	})
	return stream
}
