package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"verbatim/corpus"
)

// mostOwn is how many of a server's stories are listed on a page.
const mostOwn = 10

// list is a page of a server's own stories, by title.
func (b *Bot) list(lib corpus.LibraryID, page int) reply {
	return listed(b.own(lib), page)
}

func listed(own []corpus.Entry, page int) reply {
	if len(own) == 0 {
		return notice("This server has no stories of its own yet. Add one with /library add.")
	}
	slices.SortStableFunc(own, func(a, b corpus.Entry) int {
		return cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	})
	pages := (len(own) + mostOwn - 1) / mostOwn
	page = max(0, min(page, pages-1))
	size := 0
	for _, e := range own {
		size += e.Bytes
	}
	lines := []string{fmt.Sprintf("This server has %s of its own, %s in all:", counted(len(own), "story", "stories"), bytesOf(size))}
	for _, e := range own[page*mostOwn : min((page+1)*mostOwn, len(own))] {
		lines = append(lines, listLine(e))
	}
	r := notice(strings.Join(lines, "\n"))
	if pages > 1 {
		r.content += fmt.Sprintf("\n-# page %d of %d", page+1, pages)
	}
	if page > 0 {
		r.buttons = append(r.buttons, pageButton("Back", page-1))
	}
	if page+1 < pages {
		r.buttons = append(r.buttons, pageButton("More", page+1))
	}
	return r
}

// listLine is at most a tenth of a message: the title is clipped.
func listLine(e corpus.Entry) string {
	about := fmt.Sprintf(" · %s, %s · added %s", counted(e.Passages, "passage", "passages"), bytesOf(e.Bytes), stamp(e.Added, 'd'))
	if e.AddedBy != "" {
		about += " by <@" + e.AddedBy + ">"
	}
	return "- **" + clipUnits(shortly(e.Title), 90) + "**" + about
}

// bytesOf is a size for people.
func bytesOf(n int) string {
	if n < 1000*1000 {
		return fmt.Sprintf("%d kB", max(1, n/1000))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
