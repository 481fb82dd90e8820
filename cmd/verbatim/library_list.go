package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"verbatim/corpus"
)

func newLibraryList() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List a server's stories, or all servers that have some",
		Args:  cobra.NoArgs,
	}
	return inShell(cmd, false, func(ctx context.Context, s *shell, _ []string) error {
		if s.server != "" {
			return s.listStories(ctx)
		}
		return s.listServers(ctx)
	})
}

func (s *shell) listServers(ctx context.Context) error {
	revisions, err := s.store.Revisions(ctx)
	if err != nil {
		return err
	}
	table := newTable("SERVER", "STORIES", "PASSAGES", "SIZE")
	for _, id := range slices.Sorted(maps.Keys(revisions)) {
		stored, err := s.store.Library(ctx, id)
		if err != nil {
			return err
		}
		passages, bytes := 0, 0
		for _, e := range stored.Entries {
			passages += e.Passages
			bytes += e.Bytes
		}
		table.row(string(id), len(stored.Entries), passages, humanize.IBytes(uint64(bytes)))
	}
	return table.Flush()
}

func (s *shell) listStories(ctx context.Context) error {
	entries, err := s.own(ctx)
	if err != nil {
		return err
	}
	table := newTable("ID", "TITLE", "PASSAGES", "SIZE", "ADDED", "BY")
	for _, e := range entries {
		by := e.AddedBy
		if by == "" {
			by = "shell"
		}
		table.row(e.ID, e.Title, e.Passages, humanize.IBytes(uint64(e.Bytes)), e.Added.Format("2006-01-02 15:04"), by)
	}
	return table.Flush()
}

// own are the stories of the server, without those of the operator.
func (s *shell) own(ctx context.Context) ([]corpus.Entry, error) {
	if _, err := s.Role(ctx, s.server); err != nil { // the ID may be no server's
		return nil, err
	}
	stored, err := s.store.Library(ctx, s.server)
	return stored.Entries, err
}

// table is printed with its columns in line.
type table struct{ *tabwriter.Writer }

func newTable(heads ...string) table {
	t := table{tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)}
	fmt.Fprintln(t, strings.Join(heads, "\t"))
	return t
}

func (t table) row(cells ...any) {
	for i, c := range cells {
		if i > 0 {
			fmt.Fprint(t, "\t")
		}
		fmt.Fprint(t, c)
	}
	fmt.Fprintln(t)
}

func newLibraryRemove() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "remove STORY",
		Short: "Remove a story, named by its ID or its title, from a server's library",
		Args:  cobra.ExactArgs(1),
	}
	return inShell(cmd, true, func(ctx context.Context, s *shell, args []string) error {
		entries, err := s.own(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(entries, func(e corpus.Entry) bool { return string(e.ID) == args[0] || strings.EqualFold(e.Title, args[0]) })
		if i < 0 {
			return &unusable{fmt.Errorf("the server %s has no story %q. Try: verbatim library list --server %s", s.server, args[0], s.server)}
		}
		c, err := s.Remove(ctx, s.server, entries[i].ID, "")
		if err != nil {
			return err
		}
		return s.report(c)
	})
}
