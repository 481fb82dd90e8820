package main

import (
	"strings"

	"verbatim/corpus"
	"verbatim/index"
)

// completer completes commands and, after /who, the names in the stories.
type completer struct{ x *index.Index }

// Do gives what may follow the text before the cursor, and how long the part is that this
// completes.
func (c completer) Do(line []rune, pos int) (endings [][]rune, length int) {
	typed := string(line[:pos])
	if name, ok := strings.CutPrefix(typed, "/"+string(corpus.Who)+" "); ok {
		return rest(c.x.Names("", name, 8), name)
	}
	if !strings.HasPrefix(typed, "/") {
		return nil, 0
	}
	var words []string
	for _, k := range commands() {
		words = append(words, "/"+k.name+" ")
	}
	return rest(words, typed)
}

// rest cuts what is typed off the words that begin with it.
func rest(words []string, typed string) (endings [][]rune, length int) {
	for _, w := range words {
		if len(w) >= len(typed) && strings.EqualFold(w[:len(typed)], typed) {
			endings = append(endings, []rune(w[len(typed):]))
		}
	}
	return endings, len([]rune(typed))
}
