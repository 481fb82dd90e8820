package index

import (
	"fmt"
	"strconv"

	bleve "github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
)

// field is a field of a document, which is a passage.
type field int

const (
	fieldText    field = iota // its terms
	fieldContext              // the terms of the story's title and of the heading above
	numFields    = int(iota)
)

var fieldNames = [numFields]string{"text", "context"}

// document is what Bleve indexes of a passage: the very terms that the ranking compares. Bleve's
// own English analyzers drop "who" and "it", stem "news" to "new" and lose "U.S." and "$". It
// stores none of it: the arrays of the index have the words.
type document struct {
	number        int
	text, context []string
}

func (d *document) forBleve() *bleve.Document {
	out := bleve.NewDocument(documentID(d.number))
	out.AddField(&termField{field: fieldText, terms: d.text})
	out.AddField(&termField{field: fieldContext, terms: d.context})
	return out
}

// documentID is a passage's number.
func documentID(p int) string { return strconv.Itoa(p) }

// termField is a field whose terms are known: Bleve need not analyse it.
type termField struct {
	field
	terms       []string
	frequencies api.TokenFrequencies
}

// Analyze counts the terms.
func (f *termField) Analyze() {
	f.frequencies = make(api.TokenFrequencies, len(f.terms))
	all := make([]api.TokenFreq, 0, len(f.terms))
	for _, t := range f.terms {
		if known := f.frequencies[t]; known != nil {
			known.SetFrequency(known.Frequency() + 1)
			continue
		}
		all = append(all, api.TokenFreq{Term: bytesIn(t)})
		one := &all[len(all)-1]
		one.SetFrequency(1)
		f.frequencies[t] = one
	}
}

// Name and the other methods are what Bleve asks of a field.
func (f *termField) Name() string                                   { return fieldNames[f.field] }
func (f *termField) AnalyzedLength() int                            { return len(f.terms) }
func (f *termField) AnalyzedTokenFrequencies() api.TokenFrequencies { return f.frequencies }
func (f *termField) Options() api.FieldIndexingOptions              { return api.IndexField }
func (f *termField) EncodedFieldType() byte                         { return 't' }
func (f *termField) ArrayPositions() []uint64                       { return nil }
func (f *termField) Value() []byte                                  { return nil }
func (f *termField) NumPlainTextBytes() uint64                      { return 0 }
func (f *termField) Size() int                                      { return 0 }

// documents takes the passages of an index to Bleve.
type documents interface {
	add(document) error
	// finish returns what can be searched.
	finish() (*postings, error)
	// abandon ends the taking where finish was not called.
	abandon()
}

// batchSize is how many passages are given to Bleve at once: single ones take milliseconds each.
const batchSize = 1000

// inMemory are documents that Bleve keeps in memory.
type inMemory struct {
	engine *scorch.Scorch
	queue  *api.AnalysisQueue
	batch  *api.Batch
}

func newInMemory() (*inMemory, error) {
	m := &inMemory{queue: api.NewAnalysisQueue(1), batch: api.NewBatch()}
	engine, err := openEngine(map[string]any{"path": ""}, m.queue)
	m.engine = engine
	return m, err
}

func (m *inMemory) add(d document) error {
	m.batch.Update(d.forBleve())
	if len(m.batch.IndexOps) < batchSize {
		return nil
	}
	return m.flush()
}

func (m *inMemory) flush() error {
	defer m.batch.Reset()
	return m.engine.Batch(m.batch)
}

func (m *inMemory) finish() (*postings, error) {
	defer m.queue.Close()
	if len(m.batch.IndexOps) > 0 {
		if err := m.flush(); err != nil {
			return nil, err
		}
	}
	return newPostings(m.engine)
}

func (m *inMemory) abandon() {
	m.queue.Close()
	m.engine.Close()
}

const (
	// segmentSize is how many passages make a segment on disk; they take about 20 MB before.
	segmentSize = 2 * batchSize
	// mostSegments are merged at once, so that a passage of a million is merged twice.
	mostSegments = 32
)

// onDisk are documents that go into segments on disk, which are merged in the end, in a goroutine
// of their own.
type onDisk struct {
	folder string
	queue  chan document
	done   chan error
}

func newOnDisk(folder, temporary string) (*onDisk, error) {
	b, err := scorch.NewBuilder(map[string]any{"path": folder, "buildPathPrefix": temporary, "batchSize": segmentSize, "mergeMax": mostSegments})
	if err != nil {
		return nil, err
	}
	d := &onDisk{folder: folder, queue: make(chan document, batchSize), done: make(chan error, 1)}
	go func() { d.done <- d.take(b) }()
	return d, nil
}

// take indexes what comes until the channel is closed; after an error it only empties it.
func (d *onDisk) take(b *scorch.Builder) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("in Bleve: panic: %v", r)
			for range d.queue {
			}
		}
	}()
	n := 0
	for doc := range d.queue {
		if n++; err == nil {
			err = b.Index(doc.forBleve())
		}
	}
	if err != nil || n == 0 {
		return err
	}
	return b.Close()
}

func (d *onDisk) add(doc document) error {
	select {
	case d.queue <- doc:
		return nil
	case err := <-d.done: // only after a panic
		d.done <- err
		return err
	}
}

func (d *onDisk) finish() (*postings, error) {
	close(d.queue)
	if err := <-d.done; err != nil {
		return nil, err
	}
	return openPostings(d.folder)
}

func (d *onDisk) abandon() {
	close(d.queue)
	<-d.done
}
