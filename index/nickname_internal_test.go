package index

import "testing"

func TestShortens_tells_who_may_be_meant_by_a_short_name(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		short, long string
		want        bool
	}{
		{"dan", "daniel", true}, {"danny", "daniel", true}, {"kathy", "katherine", true}, {"alex", "alexandr", true}, {"debbie", "deborah", true},
		{"ann", "anna", false}, {"ed", "edvard", false}, {"dan", "jordan", false}, {"daniel", "dan", false}, {"", "daniel", false}, {"y", "yes", false},
	} {
		if got := shortens(c.short, c.long); got != c.want {
			t.Errorf("%q of %q: %v", c.short, c.long, got)
		}
	}
}
