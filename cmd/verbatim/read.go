package main

import (
	"context"
	"os"
	"path/filepath"

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
// trusted. It keeps compiled code below a folder that only this user can write to; the empty one
// stands for the user's cache folder.
func newReader(folder string) *reader.Reader {
	program, err := os.Executable()
	if err != nil {
		return new(reader.Reader) // a system that does not say: there all is read in this process
	}
	if user, err := os.UserCacheDir(); err == nil && folder == "" {
		folder = filepath.Join(user, "verbatim")
	}
	if folder != "" && writable(folder) != nil {
		folder = ""
	}
	if folder != "" {
		folder = filepath.Join(folder, "pdfium")
	}
	return reader.New([]string{program, "read"}, folder)
}
