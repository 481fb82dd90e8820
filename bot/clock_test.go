package bot

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestClock_tells_the_age_of_IDs_by_Discords_time(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c clock
		theirs := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC) // ours is years off
		id := func(at time.Time) string { return strconv.FormatInt((at.UnixMilli()-discordEpoch)<<22, 10) }
		if age := c.age(id(theirs)); age != 0 {
			t.Errorf("before anything is known: %v", age)
		}
		r := &http.Response{Header: http.Header{}}
		r.Header.Set("Date", theirs.Format(http.TimeFormat))
		c.note(r)
		time.Sleep(2 * time.Second)
		if age := c.age(id(theirs.Add(-time.Second))); age != 3*time.Second {
			t.Errorf("got %v, want 3 s", age)
		}
		if age := c.age(id(theirs.Add(time.Hour))); age != 0 {
			t.Errorf("of the future: %v", age)
		}
		if age := c.age("no number"); age != 0 {
			t.Errorf("of no ID: %v", age)
		}
	})
}
