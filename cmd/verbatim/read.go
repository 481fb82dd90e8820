package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"verbatim/corpus/reader"
)

// newRead makes the command that the program starts itself, to read one file that is not to be
// trusted.
func newRead() *cobra.Command {
	cmd := &cobra.Command{
		Use:    "read",
		Short:  "Read one file for the process that started this one",
		Hidden: true,
		Args:   cobra.NoArgs,
	}
	cache := cmd.Flags().String("cache", "", "`FOLDER` of what PDFium was compiled to")
	prepare := cmd.Flags().Bool("prepare", false, "only compile PDFium")
	cmd.RunE = does(func(context.Context, *cobra.Command, []string) error {
		if *prepare {
			return reader.PrepareChild(*cache)
		}
		return reader.Child(os.Stdin, os.Stdout, *cache)
	})
	return cmd
}

// newReader makes a Reader that starts this program again for each file that is not to be
// trusted. It keeps compiled code in the user's cache folder, else in the data folder, if there
// is one: others must not write there.
func newReader(data string) *reader.Reader {
	program, err := os.Executable()
	if err != nil {
		return new(reader.Reader) // a system that does not say: there all is read in this process
	}
	return reader.New([]string{program, "read"}, cacheFolder(data))
}

// cacheFolder is where compiled code is kept; empty where no folder can be written to.
func cacheFolder(data string) string {
	user, err := os.UserCacheDir()
	if err == nil {
		user = filepath.Join(user, "verbatim")
	}
	for _, folder := range []string{user, data} {
		if folder != "" && writable(folder) == nil {
			return filepath.Join(folder, "pdfium")
		}
	}
	return ""
}

// prepareReader makes the first PDF as fast to read as others.
func prepareReader(ctx context.Context, r *reader.Reader, log *slog.Logger) {
	start := time.Now()
	if err := r.Prepare(ctx); err != nil && ctx.Err() == nil {
		log.Warn("each PDF will take some seconds longer to read", "reason", err)
		return
	}
	log.Debug("the reader of PDFs is ready", "took", time.Since(start).String())
}
