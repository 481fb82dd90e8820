package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	api "github.com/blevesearch/bleve_index_api"
)

// postings are Bleve's part of an index: which passages hold a term. Bleve numbers the passages
// in an order of its own.
type postings struct {
	engine  *scorch.Scorch
	reader  api.IndexReader
	numbers []uint32 // by Bleve's number: the passage
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
	return &postings{engine: engine, reader: reader}, nil
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

// Hit is a passage that Bleve found, with Bleve's score, which only orders.
type Hit struct {
	Passage int
	Score   float64
}

// before orders hits: where scores are equal, by the stories' order, so that what is found does
// not depend on how Bleve keeps the passages.
func (h Hit) before(other Hit) int {
	return cmp.Or(cmp.Compare(other.Score, h.Score), cmp.Compare(h.Passage, other.Passage))
}

// search returns the best hits of a query, best first, at most so many.
func (p *postings) search(ctx context.Context, q query.Query, most int) ([]Hit, error) {
	if p.reader == nil {
		return nil, nil
	}
	searcher, err := q.Searcher(ctx, p.reader, nil, search.SearcherOptions{})
	if err != nil {
		return nil, err
	}
	defer searcher.Close()
	s := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: p.reader}
	best := make([]Hit, 0, most+1)
	least := math.Inf(-1)
	for n := 1; ; n++ {
		match, err := searcher.Next(s)
		if err != nil || match == nil {
			return best, err
		}
		if match.Score >= least {
			hit := Hit{int(p.numbers[match.IndexInternalID.Value()]), match.Score}
			at, _ := slices.BinarySearchFunc(best, hit, Hit.before)
			if best = slices.Insert(best, at, hit); len(best) > most {
				best = best[:most]
				least = best[most-1].Score
			}
		}
		s.DocumentMatchPool.Put(match)
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}
