package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"verbatim/corpus"
)

// Edit changes the stories of a library.
func (s *Store) Edit(ctx context.Context, e corpus.Edit) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		if err := advance(ctx, tx, e); err != nil {
			return err
		}
		for _, id := range e.Remove {
			if err := one(tx.ExecContext(ctx, `UPDATE stories SET until = ?, erase = ? WHERE library = ? AND id = ? AND until IS NULL`,
				e.Revision, e.Erase.UnixMilli(), e.Library, id)); err != nil {
				return fmt.Errorf("sqlite: removing the story %s: %w", id, err)
			}
		}
		for _, story := range e.Add {
			if err := insert(ctx, tx, e, story); err != nil {
				return fmt.Errorf("sqlite: adding the story %s: %w", story.ID, err)
			}
		}
		return nil
	})
}

// advance brings a library from the revision that an edit was made of to the one it leads to.
func advance(ctx context.Context, tx *sql.Tx, e corpus.Edit) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO libraries (id) VALUES (?) ON CONFLICT DO NOTHING`, e.Library); err != nil {
		return err
	}
	return one(tx.ExecContext(ctx, `UPDATE libraries SET revision = ? WHERE id = ? AND revision = ?`, e.Revision, e.Library, e.From))
}

func insert(ctx context.Context, tx *sql.Tx, e corpus.Edit, s corpus.Stored) error {
	blocks, err := json.Marshal(s.Blocks())
	if err != nil {
		return err
	}
	entry, hash := s.Entry(), sha256.Sum256([]byte(s.Text))
	_, err = tx.ExecContext(ctx, `INSERT INTO stories
		(library, since, id, title, author, source, added, added_by, sections, passages, bytes, hash, blocks, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Library, e.Revision, entry.ID, entry.Title, entry.Author, entry.Source, entry.Added.UnixMilli(), entry.AddedBy,
		entry.Sections, entry.Passages, entry.Bytes, hash[:], string(blocks), s.Text)
	return err
}

// one is [corpus.ErrChanged] where a statement changed no row.
func one(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return corpus.ErrChanged
}

// Set changes the settings of a library.
func (s *Store) Set(ctx context.Context, id corpus.LibraryID, change func(*corpus.Settings)) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		set, _, err := settings(ctx, tx, id)
		if err != nil {
			return err
		}
		change(&set)
		_, err = tx.ExecContext(ctx, `INSERT INTO libraries (id, role, greeted, purge) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET role = excluded.role, greeted = excluded.greeted, purge = excluded.purge`,
			id, set.Role, set.Greeted, millis(set.Purge))
		return err
	})
}

// millis is null for the zero time.
func millis(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMilli(), Valid: !t.IsZero()}
}
