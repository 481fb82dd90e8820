package index

import (
	"strings"
	"testing"

	"verbatim/corpus"
)

func TestShelf_keeps_the_stories_quoted_last_of_all_indexes(t *testing.T) {
	t.Parallel()
	s := newShelf(10)
	one, other := &texts{}, &texts{}
	put := func(at shelved, size int) *corpus.Story {
		return s.keep(at, &corpus.Story{Text: strings.Repeat("x", size)})
	}
	first := put(shelved{one, 1}, 4)
	if again := put(shelved{one, 1}, 4); again != first {
		t.Error("a story is kept twice")
	}
	put(shelved{other, 1}, 4)
	s.find(shelved{one, 1})
	put(shelved{other, 2}, 4)
	for at, want := range map[shelved]bool{{one, 1}: true, {other, 1}: false, {other, 2}: true} {
		if got := s.places[at] != nil; got != want {
			t.Errorf("story %d is kept: %v, want %v", at.number, got, want)
		}
	}
	s.forget(one)
	if s.find(shelved{one, 1}) != nil || s.size != 4 || s.last.Len() != 1 {
		t.Errorf("%d bytes of %d stories are left", s.size, s.last.Len())
	}
	if large := put(shelved{one, 3}, 100); s.find(shelved{one, 3}) != large || s.size != 100 {
		t.Error("a story that is larger than the shelf is not kept alone")
	}
}
