package index

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
)

// postings are Bleve's part of an index: which passages hold a term. Bleve numbers the passages
// in an order of its own.
type postings struct {
	engine  *scorch.Scorch
	reader  *scorch.IndexSnapshot
	numbers []uint32  // by Bleve's number: the passage
	tallies sync.Pool // of *tally
}

// openEngine opens Bleve's engine, which panics on some broken files.
func openEngine(config map[string]any, queue *api.AnalysisQueue) (engine *scorch.Scorch, err error) {
	defer func() {
		if r := recover(); r != nil {
			engine, err = nil, fmt.Errorf("in Bleve: panic: %v", r)
		}
	}()
	opened, err := scorch.NewScorch(scorch.Name, config, queue)
	if err != nil {
		return nil, err
	}
	return opened.(*scorch.Scorch), opened.Open()
}

// openPostings opens what was written to a folder, for reading only. A folder that is not there
// has no passages.
func openPostings(folder string) (*postings, error) {
	if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
		return &postings{}, nil
	}
	engine, err := openEngine(map[string]any{"path": folder, "bolt_timeout": "1s", "read_only": true}, nil)
	if err != nil {
		return nil, err
	}
	return newPostings(engine)
}

func newPostings(engine *scorch.Scorch) (*postings, error) {
	reader, err := engine.Reader()
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return &postings{engine: engine, reader: reader.(*scorch.IndexSnapshot)}, nil
}

func (p *postings) close() error {
	if p.engine == nil {
		return nil
	}
	return errors.Join(p.reader.Close(), p.engine.Close())
}

// count is how many passages Bleve has.
func (p *postings) count() (int, error) {
	if p.reader == nil {
		return 0, nil
	}
	n, err := p.reader.DocCount()
	return int(n), err
}

// number reads which passage each of Bleve's numbers is.
func (p *postings) number() error {
	n, err := p.count()
	if err != nil || n == 0 {
		return err
	}
	all, err := p.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer all.Close()
	p.numbers = make([]uint32, n)
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return err
		}
		name, err := p.reader.ExternalID(id)
		if err != nil {
			return err
		}
		passage, err := strconv.Atoi(name)
		if err != nil || passage >= n || id.Value() >= uint64(n) {
			return errors.Join(fmt.Errorf("a passage %q among %d in Bleve", name, n), err)
		}
		p.numbers[id.Value()] = uint32(passage)
	}
}
