package index

import (
	"math"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// cursor goes through the passages that hold a term in a field, in the order of Bleve's numbers.
// It reads Bleve's segments itself: Bleve's own searchers take five times as long, most of it to
// keep heaps of boxed matches.
type cursor struct {
	field
	id     termID
	count  int // passages
	weight float32

	at     uint32  // where it stands, by Bleve's number, or end
	impact float32 // root of the term's frequency there, by the root of the field's length

	parts []part // one a segment
	part  int    // that it stands in
}

// end is behind all passages.
const end = math.MaxUint32

// part is what a cursor has of a segment. Its memory is used again by the next question.
type part struct {
	first    uint64 // Bleve's number of the segment's first passage
	list     segment.PostingsList
	iterator segment.PostingsIterator
}

// dictionaries are the terms of a field, one a segment; to be used by one question at a time.
type dictionaries []segment.TermDictionary

func (p *postings) dictionaries(f field) (all dictionaries, err error) {
	for _, s := range p.reader.Segments() {
		d, err := s.Segment().Dictionary(fieldNames[f])
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// open puts a cursor before the first passage with a term.
func (c *cursor) open(p *postings, dictionaries dictionaries, term string) (err error) {
	if len(c.parts) == 0 {
		c.parts = make([]part, len(dictionaries))
	}
	c.count, c.part = 0, 0
	first := uint64(0)
	for i, s := range p.reader.Segments() {
		k := &c.parts[i]
		k.first = first
		if k.list, err = dictionaries[i].PostingsList(bytesIn(term), s.Deleted(), k.list); err != nil {
			return err
		}
		k.iterator = k.list.Iterator(true, true, false, k.iterator)
		c.count += int(k.list.Count())
		first += s.Segment().Count()
	}
	return nil
}

// weigh sets what the term weighs by Bleve's TF-IDF, which counts the idf twice.
func (c *cursor) weigh(boost float64, passages int) {
	idf := 1 + math.Log(float64(passages)/float64(c.count+1))
	c.weight = float32(boost * idf * idf)
}

// next goes to the next passage, or to the end.
func (c *cursor) next() error {
	for c.part < len(c.parts) {
		k := &c.parts[c.part]
		posting, err := k.iterator.Next()
		if err != nil {
			return err
		}
		if posting != nil {
			c.stand(k, posting)
			return nil
		}
		c.part++
	}
	c.at = end
	return nil
}

func (c *cursor) stand(k *part, posting segment.Posting) {
	c.at = uint32(k.first + posting.Number())
	c.impact = lengthNorm(posting)
	if frequency := posting.Frequency(); frequency != 1 {
		c.impact *= float32(math.Sqrt(float64(frequency)))
	}
}

// inverseRoots are one by the root of the lengths that most fields have.
var inverseRoots = func() (roots [256]float32) {
	for n := range roots {
		roots[n] = float32(1 / math.Sqrt(float64(n)))
	}
	return roots
}()

// lengthNorm is one by the root of the field's length.
func lengthNorm(posting segment.Posting) float32 {
	if p, ok := posting.(interface{ NormUint64() uint64 }); ok {
		if n := p.NormUint64(); n < uint64(len(inverseRoots)) {
			return inverseRoots[n]
		}
	}
	return float32(posting.Norm())
}
