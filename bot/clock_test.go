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

func TestClock_is_set_right_by_what_was_just_made(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c clock
		theirs := time.Date(2026, 5, 3, 12, 0, 0, 900e6, time.UTC)
		id := func(at time.Time) string { return strconv.FormatInt((at.UnixMilli()-discordEpoch)<<22, 10) }
		date := func(at time.Time) {
			r := &http.Response{Header: http.Header{}}
			r.Header.Set("Date", at.Format(http.TimeFormat)) // without the 900 ms
			c.note(r)
		}
		date(theirs)
		if age := c.age(id(theirs)); age != 0 {
			t.Errorf("just made: %v", age)
		}
		time.Sleep(time.Second)
		date(theirs.Add(time.Second)) // tells less than is known
		if age := c.age(id(theirs)); age != time.Second {
			t.Errorf("a second later: %v", age)
		}
		c.age(id(theirs.Add(time.Hour))) // nothing that Discord made
		if age := c.age(id(theirs)); age != time.Second {
			t.Errorf("after an ID of the future: %v", age)
		}
		date(theirs.Add(time.Minute)) // what was known is wrong
		if age := c.age(id(theirs)); age != time.Minute-900*time.Millisecond {
			t.Errorf("after Discord's clock was set: %v", age)
		}
	})
}
