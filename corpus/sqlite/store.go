// Package sqlite keeps the libraries of servers in a file of SQLite.
//
// The file is in WAL mode, so that questions are answered while stories are added and another
// process may work on it at the same time. What is acknowledged is on the disk. Removed texts
// are overwritten (secure_delete), and the log of writes is emptied when they are erased, so
// that nothing of them is left in a file. It must not lie on a network's file system.
//
// [Store] is what package library needs; schema.go has the tables and how they came to be.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"verbatim/corpus"
)

// Store keeps libraries in a file.
type Store struct {
	db *sql.DB

	// watch is a connection that only asks for the version: it sees what all others do.
	watch *sql.Conn

	// writing is held by who writes. SQLite's own way to wait is to look again every so often: two
	// that look at the same moments, one who writes and one who empties the log, never get by.
	writing chan struct{}

	// unclean says that the log of writes may hold what was deleted or never committed: at the
	// start that of a process that was killed.
	unclean atomic.Bool
}

// busyTimeout is how long one writer waits for another, in milliseconds: much longer than the
// largest story takes to be written.
const busyTimeout = "10000"

// Open opens the file at a path, and makes it where there is none. Its errors that are a
// [corpus.Refusal] say what an operator can do.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := own(path); err != nil {
		return nil, err
	}
	options := url.Values{
		"_busy_timeout": {busyTimeout}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_foreign_keys": {"1"},
		"_auto_vacuum": {"INCREMENTAL"}, "_pragma": {"secure_delete(ON)", "temp_store(MEMORY)"}, "_txlock": {"immediate"},
	}
	s, err := open(ctx, (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: options.Encode()}).String(), path)
	var refusal *corpus.Refusal
	switch code := codeOf(err); {
	case err == nil, errors.As(err, &refusal):
		return s, err
	case code == sqlite3.SQLITE_NOTADB || code == sqlite3.SQLITE_CORRUPT:
		return nil, corpus.Refuse("%s is damaged, or no database of Verbatim: please move it away, and restore a back-up in its place.", path)
	}
	return nil, fmt.Errorf("sqlite: opening %s: %w", path, explain(err))
}

// OpenInMemory opens a store whose data go with it.
func OpenInMemory(ctx context.Context) (*Store, error) {
	name := fmt.Sprintf("file:/%d?vfs=memdb&_txlock=immediate&_foreign_keys=1&_busy_timeout=%s", inMemory.Add(1), busyTimeout)
	return open(ctx, name, "memory")
}

// inMemory counts the stores in memory: each has a name of its own.
var inMemory atomic.Int64

// own makes an empty file that only we may read.
func own(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("sqlite: %w", err)
	}
	return f.Close()
}

func open(ctx context.Context, name, path string) (*Store, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	if err := migrate(ctx, db, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	watch, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s := &Store{db: db, watch: watch, writing: make(chan struct{}, 1)}
	s.unclean.Store(true)
	return s, nil
}

// connections bounds the memory of SQLite's caches, 2 MB each. One writes, one watches, the
// others read.
const connections = 6

// Close releases the file.
func (s *Store) Close() error { return errors.Join(s.watch.Close(), s.db.Close()) }

// Version changes when anybody changes the file.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	err = s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version)
	return version, explain(err)
}

// Backup writes a consistent copy, while others work on the file, to a path where nothing is yet.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := own(path); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "VACUUM INTO ?", path)
	return explain(err)
}

// transact does all of f, or nothing.
func (s *Store) transact(ctx context.Context, f func(tx *sql.Tx) error) error {
	release, err := s.write(ctx)
	if err != nil {
		return err
	}
	defer release()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	if err = f(tx); err == nil {
		err = tx.Commit()
	}
	if err != nil {
		s.unclean.Store(true)
	}
	return explain(err)
}

// write waits until nobody else of this process writes.
func (s *Store) write(ctx context.Context) (release func(), err error) {
	select {
	case s.writing <- struct{}{}:
		return func() { <-s.writing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// read shows f the data as it is at one moment.
func (s *Store) read(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	return explain(f(tx))
}

// explain tells the errors of a disk that cannot be written to from others.
func explain(err error) error {
	switch codeOf(err) {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		return fmt.Errorf("sqlite: %w: %w", corpus.ErrFull, err)
	}
	return err
}

// codeOf is SQLite's primary code of an error; 0 for other errors.
func codeOf(err error) int {
	if e := (*driver.Error)(nil); errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}
