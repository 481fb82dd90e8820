package reader

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// edge is how many lines at the top and at the bottom of a page may be furniture.
const edge = 2

// dropFurniture removes what stands at the edges of pages and is no part of the text: page
// numbers, and running heads, which are told by standing on several pages.
func dropFurniture(pages []pdfPage, pitch float64) {
	on := map[string]int{}
	edges := make([][]*pdfLine, len(pages))
	for i := range pages {
		edges[i] = pages[i].edges(pitch)
		for _, line := range edges[i] {
			on[withoutNumbers(line.String())]++
		}
	}
	often := max(2, min(3, len(pages)))
	for i := range pages {
		drop := map[*pdfLine]bool{}
		for _, line := range edges[i] {
			text := line.String()
			drop[line] = pageNumber.MatchString(text) || on[withoutNumbers(text)] >= often
		}
		kept := make([]pdfLine, 0, len(pages[i].lines))
		for j := range pages[i].lines {
			if !drop[&pages[i].lines[j]] {
				kept = append(kept, pages[i].lines[j])
			}
		}
		pages[i].lines = kept
	}
}

// edges are the lines at the top and at the bottom of a page that stand apart from the others.
func (p *pdfPage) edges(pitch float64) []*pdfLine {
	lines := make([]*pdfLine, len(p.lines))
	for i := range p.lines {
		lines[i] = &p.lines[i]
	}
	slices.SortStableFunc(lines, func(a, b *pdfLine) int { return cmp.Compare(b.bottom, a.bottom) })
	apart := func(i int) bool { return lines[i-1].bottom-lines[i].bottom > 1.3*pitch }
	top, bottom := 0, len(lines)
	for i := 1; i < len(lines) && i <= edge; i++ {
		if apart(i) {
			top = i
		}
		if apart(len(lines) - i) {
			bottom = len(lines) - i
		}
	}
	if top >= bottom {
		return lines
	}
	return append(lines[:top:top], lines[bottom:]...)
}

var pageNumber = regexp.MustCompile(`^(?i:(?:page\s+|[-–—]\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*[-–—]|\s*(?:/|of)\s*\d{1,4})?)$`)

// withoutNumbers makes the running heads of different pages equal.
func withoutNumbers(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s))
}
