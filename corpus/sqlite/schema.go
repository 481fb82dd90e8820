package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"verbatim/corpus"
)

// migrations lead from one version of the schema to the next; the version of a database is how
// many of them it has seen, and stands in its user_version. They are never changed, only added to.
//
// Times are milliseconds since 1970. The long columns come last, since SQLite reads a row up to
// the last column that is asked for.
var migrations = []string{
	`CREATE TABLE libraries (
		id       TEXT PRIMARY KEY,           -- of the guild
		revision INTEGER NOT NULL DEFAULT 0,
		role     TEXT NOT NULL DEFAULT '',
		greeted  INTEGER NOT NULL DEFAULT 0
	) STRICT, WITHOUT ROWID;
	CREATE TABLE stories (
		library  TEXT NOT NULL REFERENCES libraries ON DELETE CASCADE,
		since    INTEGER NOT NULL,           -- the revision that added it
		until    INTEGER,                    -- the revision that removed it; null while it is there
		erase    INTEGER,                    -- when a removed one is to be erased
		id       TEXT NOT NULL,
		title    TEXT NOT NULL,
		author   TEXT NOT NULL,
		source   TEXT NOT NULL,
		added    INTEGER NOT NULL,
		added_by TEXT NOT NULL,
		sections INTEGER NOT NULL,
		passages INTEGER NOT NULL,
		bytes    INTEGER NOT NULL,           -- of the text
		hash     BLOB NOT NULL,              -- SHA-256 of the text
		blocks   TEXT NOT NULL,              -- [[start, end, level], …]
		text     TEXT NOT NULL
	) STRICT;
	CREATE UNIQUE INDEX stories_there ON stories (library, id) WHERE until IS NULL;
	CREATE INDEX stories_removed ON stories (library, until) WHERE until IS NOT NULL;
	CREATE INDEX stories_to_erase ON stories (erase) WHERE erase IS NOT NULL;`,

	`ALTER TABLE libraries ADD COLUMN purge INTEGER; -- when all of it is to be erased
	CREATE INDEX libraries_to_purge ON libraries (purge) WHERE purge IS NOT NULL;`,
}

// migrate brings a database to the newest schema, all at once.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case version == len(migrations):
		return nil
	case version > len(migrations):
		return corpus.Refuse("%s was written by a newer version of Verbatim (its schema is %d, this version knows %d): please run that version, or restore a back-up.",
			path, version, len(migrations))
	}
	for i, m := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, m); err != nil {
			return fmt.Errorf("migrating to schema %d: %w", version+i+1, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(migrations))); err != nil {
		return err
	}
	return tx.Commit()
}
