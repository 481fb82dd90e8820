package main

import (
	"context"
	"database/sql"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	_ "modernc.org/sqlite" // the driver

	"verbatim/corpus"
	"verbatim/index"
)

// verbatimSystem is the index, and the whole answer.
type verbatimSystem struct{}

func (verbatimSystem) build(folder string, stories iter.Seq2[*corpus.Story, error]) error {
	return index.Build(context.Background(), folder, "", stories, nil)
}

func (verbatimSystem) open(folder string) (func(string) error, error) {
	x, err := index.Open(folder)
	if err != nil {
		return nil, err
	}
	return func(question string) error {
		_, err := x.Answer(context.Background(), corpus.ParseQuestion(question))
		return err
	}, nil
}

// found is how many results plain search is asked for.
const found = 10

// bleveSystem is Bleve with its English analyzer, a passage a document, a match query.
type bleveSystem struct{}

func (bleveSystem) build(folder string, stories iter.Seq2[*corpus.Story, error]) error {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = en.AnalyzerName
	text := bleve.NewTextFieldMapping()
	text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = false, false, false, false
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.DefaultMapping.AddFieldMappingsAt("text", text)
	b, err := bleve.NewBuilder(folder, m, map[string]any{"buildPathPrefix": filepath.Dir(folder)})
	if err != nil {
		return err
	}
	n := 0
	for s, err := range stories {
		if err != nil {
			return err
		}
		for _, p := range s.Passages {
			if err := b.Index(strconv.Itoa(n), map[string]any{"text": s.Text[p.Start:p.End]}); err != nil {
				return err
			}
			n++
		}
	}
	return b.Close()
}

func (bleveSystem) open(folder string) (func(string) error, error) {
	x, err := bleve.OpenUsing(folder, map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	return func(question string) error {
		match := bleve.NewMatchQuery(question)
		match.SetField("text")
		_, err := x.Search(bleve.NewSearchRequestOptions(match, found, 0, false))
		return err
	}, nil
}

// sqliteSystem is SQLite's FTS5 with its Porter stemmer, a passage a row, ranked by bm25.
type sqliteSystem struct{}

func (sqliteSystem) build(folder string, stories iter.Seq2[*corpus.Story, error]) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", filepath.Join(folder, "fts.sqlite"))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='porter')`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // once committed it does nothing
	insert, err := tx.Prepare(`INSERT INTO passages(rowid, text) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	n := 0
	for s, err := range stories {
		if err != nil {
			return err
		}
		for _, p := range s.Passages {
			if _, err := insert.Exec(n, s.Text[p.Start:p.End]); err != nil {
				return err
			}
			n++
		}
	}
	return tx.Commit()
}

func (sqliteSystem) open(folder string) (func(string) error, error) {
	db, err := sql.Open("sqlite", filepath.Join(folder, "fts.sqlite"))
	if err != nil {
		return nil, err
	}
	query, err := db.Prepare(`SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?`)
	if err != nil {
		return nil, err
	}
	return func(question string) error {
		words := strings.Fields(strings.TrimSuffix(question, "?"))
		for i, w := range words {
			words[i] = `"` + w + `"`
		}
		rows, err := query.Query(strings.Join(words, " OR "), found)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
		}
		return rows.Err()
	}, nil
}
