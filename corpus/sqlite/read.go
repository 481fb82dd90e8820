package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"verbatim/corpus"
)

// Revisions are those of all libraries that hold stories.
func (s *Store) Revisions(ctx context.Context) (map[corpus.LibraryID]int64, error) {
	all := map[corpus.LibraryID]int64{}
	err := rows(ctx, s.db, func(scan func(...any) error) error {
		var id corpus.LibraryID
		var revision int64
		err := scan(&id, &revision)
		all[id] = revision
		return err
	}, `SELECT id, revision FROM libraries l WHERE EXISTS (SELECT 1 FROM stories WHERE library = l.id AND until IS NULL)`)
	return all, explain(err)
}

// Library is what is stored of a library, but for its texts.
func (s *Store) Library(ctx context.Context, id corpus.LibraryID) (l corpus.Library, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		if l.Settings, l.Revision, err = settings(ctx, tx, id); err != nil {
			return err
		}
		return rows(ctx, tx, func(scan func(...any) error) error {
			var e corpus.Entry
			var added int64
			err := scan(&e.ID, &e.Title, &e.Author, &e.Source, &e.Sections, &e.Passages, &e.Bytes, &added, &e.AddedBy)
			e.Added = time.UnixMilli(added)
			l.Entries = append(l.Entries, e)
			return err
		}, `SELECT id, title, author, source, sections, passages, bytes, added, added_by FROM stories
			WHERE library = ? AND until IS NULL ORDER BY added, title, id`, id)
	})
	return l, err
}

func settings(ctx context.Context, tx *sql.Tx, id corpus.LibraryID) (s corpus.Settings, revision int64, err error) {
	var purge sql.NullInt64
	err = tx.QueryRowContext(ctx, `SELECT revision, role, greeted, purge FROM libraries WHERE id = ?`, id).
		Scan(&revision, &s.Role, &s.Greeted, &purge)
	if purge.Valid {
		s.Purge = time.UnixMilli(purge.Int64)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return s, revision, err
}

// Stories are those of a library, in order, with the revision that they are of.
func (s *Store) Stories(ctx context.Context, id corpus.LibraryID) (all []corpus.Stored, revision int64, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		if _, revision, err = settings(ctx, tx, id); err != nil {
			return err
		}
		all, err = stories(ctx, tx, `until IS NULL`, id)
		return err
	})
	return all, revision, err
}

// Edited is what the edit that led to a revision did.
func (s *Store) Edited(ctx context.Context, id corpus.LibraryID, revision int64) (added []corpus.StoryID, removed []corpus.Stored, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		removed, err = stories(ctx, tx, `until = ?`, id, revision)
		return errors.Join(err, rows(ctx, tx, func(scan func(...any) error) error {
			added = append(added, "")
			return scan(&added[len(added)-1])
		}, `SELECT id FROM stories WHERE library = ? AND until IS NULL AND since = ? ORDER BY id`, id, revision))
	})
	return added, removed, err
}

// stories reads those of a library for which a condition holds.
func stories(ctx context.Context, tx *sql.Tx, condition string, arguments ...any) (all []corpus.Stored, err error) {
	err = rows(ctx, tx, func(scan func(...any) error) error {
		var (
			meta         corpus.Meta
			added        int64
			by, text     string
			hash, blocks []byte
		)
		if err := scan(&meta.Title, &meta.Author, &meta.Source, &added, &by, &hash, &blocks, &text); err != nil {
			return err
		}
		story, err := restore(meta, text, hash, blocks)
		all = append(all, corpus.Stored{Story: story, Added: time.UnixMilli(added), AddedBy: by})
		return err
	}, `SELECT title, author, source, added, added_by, hash, blocks, text FROM stories WHERE library = ? AND `+condition, arguments...)
	corpus.SortStored(all)
	return slices.Clip(all), err
}

// restore makes a story again of what was stored, if that is whole.
func restore(meta corpus.Meta, text string, hash, blocks []byte) (*corpus.Story, error) {
	if sum := sha256.Sum256([]byte(text)); !bytes.Equal(hash, sum[:]) {
		return nil, fmt.Errorf("sqlite: the text of %q is damaged", meta.Source)
	}
	var all []corpus.Block
	if err := json.Unmarshal(blocks, &all); err != nil {
		return nil, fmt.Errorf("sqlite: the blocks of %q: %w", meta.Source, err)
	}
	return corpus.NewStory(meta, text, all)
}

type querier interface {
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
}

// rows hands each row of a query to f.
func rows(ctx context.Context, q querier, f func(scan func(...any) error) error, query string, arguments ...any) error {
	found, err := q.QueryContext(ctx, query, arguments...)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		if err := f(found.Scan); err != nil {
			return err
		}
	}
	return found.Err()
}
