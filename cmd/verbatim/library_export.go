package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
)

func newLibraryExport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export FILE",
		Short: "Write all that is stored of a server into a zip file",
		Long: `Writes the texts of a server's stories, and a list of them with what is known of each and the
settings, into a new zip file; - is standard output. The command import reads it.`,
		Args: cobra.ExactArgs(1),
	}
	return inShell(cmd, true, func(ctx context.Context, s *shell, args []string) error {
		if args[0] == standardInput {
			return s.Export(ctx, s.server, os.Stdout)
		}
		return writeNew(args[0], func(w *os.File) error { return s.Export(ctx, s.server, w) })
	})
}

// largestExport is how large an archive is read at most.
const largestExport = 256 << 20

func newLibraryImport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Add the stories of an export to a server's library",
		Long: `Adds the stories of a file that export wrote to the library of a server, of the same one or of
another; - is standard input. Stories of the same titles are replaced.

Exit status: 0, or 2 when a story was refused.`,
		Args: cobra.ExactArgs(1),
	}
	return inShell(cmd, true, func(ctx context.Context, s *shell, args []string) error {
		archive, err := readFile(args[0], largestExport)
		if err != nil {
			return err
		}
		bar := newBar()
		c, err := s.Import(ctx, s.server, archive, bar.show)
		bar.end()
		if err != nil {
			return err
		}
		return s.report(c)
	})
}

func newBackup() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy all servers' stories and settings, also while the bot runs",
		Long: `Writes a consistent copy of the data into a new file, also while the bot runs. To restore it,
stop the bot, and put the file in the place of library.db in its data folder; remove
library.db-wal and library.db-shm there. The indexes are made again by themselves.`,
		Args: cobra.ExactArgs(1),
	}
	return inShell(cmd, false, func(ctx context.Context, s *shell, args []string) error {
		return s.backup(ctx, args[0])
	})
}

func (s *shell) backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return exists(file)
	}
	aside := file + ".partial"
	err := s.store.Backup(ctx, aside)
	if err == nil {
		err = os.Rename(aside, file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%q cannot be written: %w", file, reason(err)), remove(aside))
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	fmt.Printf("%s holds all libraries: %s.\n", file, humanize.IBytes(uint64(info.Size())))
	return nil
}

func exists(file string) error {
	return &unusable{fmt.Errorf("%q is there already: please name a new file", file)}
}

// writeNew writes a file that was not there, or leaves none.
func writeNew(file string, write func(w *os.File) error) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return exists(file)
	case err != nil:
		return &unusable{fmt.Errorf("%q cannot be written: %w", file, reason(err))}
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, remove(file))
	}
	return nil
}

// remove removes a file, if it is there.
func remove(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
