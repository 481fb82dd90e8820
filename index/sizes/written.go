package main

import (
	"bufio"
	"encoding/gob"
	"errors"
	"io"
	"iter"
	"os"

	"verbatim/corpus"
)

// Stories are written to a file before they are added, since to make them takes as long as to index
// a third of them: what is measured reads them back, for each system alike.

func writeStories(path string, stories iter.Seq2[*corpus.Story, error]) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	out := gob.NewEncoder(w)
	for s, err := range stories {
		if err := errors.Join(err, out.Encode(s)); err != nil {
			return err
		}
	}
	return w.Flush()
}

func readStories(path string) iter.Seq2[*corpus.Story, error] {
	return func(yield func(*corpus.Story, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		for in := gob.NewDecoder(bufio.NewReader(f)); ; {
			s := &corpus.Story{}
			err := in.Decode(s)
			if errors.Is(err, io.EOF) || !yield(s, err) || err != nil {
				return
			}
		}
	}
}
