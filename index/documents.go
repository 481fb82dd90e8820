package index

import (
	"fmt"
	"slices"
	"strconv"

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
	number int
	fields [numFields]counts
}

// counts are the terms of a field, each once, in the order of their coming.
type counts struct {
	terms []counted
	total int // each as often as it stands there
}

type counted struct {
	id    termID
	times int
	term  string
}

// bleveDocument is a document as Bleve asks for it.
type bleveDocument struct {
	document
	room *room
}

// room is where the terms of one document at a time are laid out for Bleve, which goes through them
// while it makes a segment and keeps none of it.
type room [numFields]struct {
	frequencies api.TokenFrequencies
	rows        []api.TokenFreq
}

func newRoom() *room {
	var r room
	for f := range r {
		r[f].frequencies = api.TokenFrequencies{}
	}
	return &r
}

// ID is the passage's number. The other methods are what else Bleve asks of a document.
func (d *bleveDocument) ID() string { return strconv.Itoa(d.number) }

func (d *bleveDocument) VisitFields(visit api.FieldVisitor) {
	visit(numberField(d.number))
	for f := range numFields {
		visit(&termField{field: field(f), counts: &d.fields[f], room: d.room})
	}
}

func (d *bleveDocument) AddIDField()                              {}
func (d *bleveDocument) VisitComposite(api.CompositeFieldVisitor) {}
func (d *bleveDocument) HasComposite() bool                       { return false }
func (d *bleveDocument) Indexed() bool                            { return true }
func (d *bleveDocument) NumPlainTextBytes() uint64                { return 0 }
func (d *bleveDocument) StoredFieldsBytes() uint64                { return 0 }
func (d *bleveDocument) Size() int                                { return 0 }

// termField is a field whose terms are counted: Bleve need not analyse it.
type termField struct {
	field
	*counts
	room *room
}

// AnalyzedTokenFrequencies are good until those of the same field of another document are asked for.
func (f *termField) AnalyzedTokenFrequencies() api.TokenFrequencies {
	r := &f.room[f.field]
	clear(r.frequencies)
	r.rows = slices.Grow(r.rows[:0], len(f.terms))
	for _, t := range f.terms {
		r.rows = append(r.rows, api.TokenFreq{Term: bytesIn(t.term)})
		row := &r.rows[len(r.rows)-1]
		row.SetFrequency(t.times)
		r.frequencies[t.term] = row
	}
	return r.frequencies
}

// Name and the other methods are what else Bleve asks of a field.
func (f *termField) Name() string                      { return fieldNames[f.field] }
func (f *termField) Analyze()                          {}
func (f *termField) AnalyzedLength() int               { return f.total }
func (f *termField) Options() api.FieldIndexingOptions { return api.IndexField }
func (f *termField) EncodedFieldType() byte            { return 't' }
func (f *termField) ArrayPositions() []uint64          { return nil }
func (f *termField) Value() []byte                     { return nil }
func (f *termField) NumPlainTextBytes() uint64         { return 0 }

// numberField keeps which passage a document is, to be read but not searched for: a term for every
// passage would be most of the terms there are.
type numberField int

func (n numberField) Name() string                                   { return "_id" }
func (n numberField) Value() []byte                                  { return strconv.AppendInt(nil, int64(n), 10) }
func (n numberField) Options() api.FieldIndexingOptions              { return api.StoreField }
func (n numberField) Analyze()                                       {}
func (n numberField) AnalyzedLength() int                            { return 0 }
func (n numberField) AnalyzedTokenFrequencies() api.TokenFrequencies { return nil }
func (n numberField) EncodedFieldType() byte                         { return 't' }
func (n numberField) ArrayPositions() []uint64                       { return nil }
func (n numberField) NumPlainTextBytes() uint64                      { return 0 }

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
	room   *room
}

func newInMemory() (*inMemory, error) {
	m := &inMemory{queue: api.NewAnalysisQueue(1), batch: api.NewBatch(), room: newRoom()}
	engine, err := openEngine(map[string]any{"path": ""}, m.queue)
	m.engine = engine
	return m, err
}

func (m *inMemory) add(d document) error {
	m.batch.Update(&bleveDocument{d, m.room})
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
	// mostSegments are merged at once: a passage of a million is merged once.
	mostSegments = 512
)

// onDisk are documents that go into segments on disk, which are merged in the end, in a goroutine
// of their own. While one segment is made, the documents of the next can wait in the queue.
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
	d := &onDisk{folder: folder, queue: make(chan document, segmentSize), done: make(chan error, 1)}
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
	n, room := 0, newRoom()
	for doc := range d.queue {
		if n++; err == nil {
			err = b.Index(&bleveDocument{doc, room})
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
