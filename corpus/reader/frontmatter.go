package reader

import "strings"

// frontMatter reads the title and author from between two lines of "---" at the top of a text,
// and returns where the text begins after it; 0 where there is none.
func frontMatter(text string, d *document) int {
	first, _, found := strings.Cut(text, "\n")
	if !found || strings.TrimSpace(first) != "---" {
		return 0
	}
	at, matter := len(first)+1, *d
	for at < len(text) {
		l, _, _ := strings.Cut(text[at:], "\n")
		at = min(at+len(l)+1, len(text))
		if mark := strings.TrimSpace(l); mark == "---" || mark == "..." {
			*d = matter
			return at
		}
		key, value, ok := strings.Cut(l, ":")
		if !ok && strings.TrimSpace(l) != "" && !strings.HasPrefix(l, " ") && !strings.HasPrefix(l, "-") {
			return 0 // a rule, and no front matter
		}
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "title":
			matter.Title = value
		case "author":
			matter.Author = value
		}
	}
	return 0
}
