package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"verbatim/corpus"
)

// Forget erases all that is stored of a library, but that it was greeted.
func (s *Store) Forget(ctx context.Context, id corpus.LibraryID) error {
	err := s.transact(ctx, func(tx *sql.Tx) error {
		set, _, err := settings(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM libraries WHERE id = ?`, id); err != nil || !set.Greeted {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO libraries (id, greeted) VALUES (?, 1)`, id)
		return err
	})
	if err != nil {
		return err
	}
	s.unclean.Store(true)
	return s.scrub(ctx)
}

// Erase erases the removed texts and the libraries whose time has come.
func (s *Store) Erase(ctx context.Context, now time.Time) (purged []corpus.LibraryID, next time.Time, err error) {
	erased := int64(0)
	err = s.transact(ctx, func(tx *sql.Tx) error {
		err := rows(ctx, tx, func(scan func(...any) error) error {
			purged = append(purged, "")
			return scan(&purged[len(purged)-1])
		}, `DELETE FROM libraries WHERE purge <= ? RETURNING id`, now.UnixMilli())
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `DELETE FROM stories WHERE erase <= ?`, now.UnixMilli())
		if err != nil {
			return err
		}
		if erased, err = result.RowsAffected(); err != nil {
			return err
		}
		next, err = due(ctx, tx)
		return err
	})
	if erased > 0 || len(purged) > 0 {
		s.unclean.Store(true)
	}
	if err == nil {
		err = s.scrub(ctx)
	}
	return purged, next, err
}

// due is when the next text or library is to be erased; the zero time where none is.
func due(ctx context.Context, tx *sql.Tx) (next time.Time, err error) {
	var at sql.NullInt64
	err = tx.QueryRowContext(ctx, `SELECT min(at) FROM (SELECT min(erase) AS at FROM stories WHERE erase IS NOT NULL
		UNION ALL SELECT min(purge) FROM libraries WHERE purge IS NOT NULL)`).Scan(&at)
	if at.Valid {
		next = time.UnixMilli(at.Int64)
	}
	return next, err
}

// errBusy is returned where somebody read the log of writes for too long.
var errBusy = errors.New("sqlite: the log of writes is in use; it will be emptied later")

// scrub leaves nothing of what was deleted: SQLite overwrites that in the file, but the log of
// writes still holds the pages as they were. It also gives the space back to the disk.
func (s *Store) scrub(ctx context.Context) error {
	if !s.unclean.Swap(false) {
		return nil
	}
	err := s.empty(ctx)
	if err != nil {
		s.unclean.Store(true)
	}
	return explain(err)
}

func (s *Store) empty(ctx context.Context) error {
	release, err := s.write(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := rows(ctx, s.db, func(func(...any) error) error { return nil }, `PRAGMA incremental_vacuum`); err != nil {
		return err
	}
	var busy, logged, moved int
	err = s.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &logged, &moved)
	if err == nil && busy != 0 {
		err = errBusy
	}
	return err
}
