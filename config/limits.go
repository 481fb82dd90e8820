package config

import (
	"errors"
	"math"
	"strconv"

	"github.com/dustin/go-humanize"
)

// What a server may keep where nobody says otherwise: room for some sixty books, of which an
// index is made within half a minute, and for the largest file that Discord takes.
const (
	maxStories  = 100
	maxBytes    = 32 << 20
	maxPassages = 50_000
)

// Limits are the settings of what a server may keep.
func Limits() []Setting {
	return []Setting{
		{
			Variable: "VERBATIM_MAX_STORIES", Flag: "max-stories", Default: strconv.Itoa(maxStories),
			Usage: "stories that a server may keep",
			read:  func(c *Config, value string) error { return readCount(&c.MaxStories, value) },
		},
		{
			Variable: "VERBATIM_MAX_BYTES", Flag: "max-bytes", Default: humanize.IBytes(maxBytes),
			Usage: "size of the texts of a server's stories together",
			read: func(c *Config, value string) error {
				n, err := humanize.ParseBytes(value)
				if err != nil || n == 0 || n > math.MaxInt32 {
					return errors.New("allowed are sizes up to 2 GiB, such as 500 KB or 16 MiB")
				}
				c.MaxBytes = int(n)
				return nil
			},
		},
		{
			Variable: "VERBATIM_MAX_PASSAGES", Flag: "max-passages", Default: strconv.Itoa(maxPassages),
			Usage: "passages of a server's stories together",
			read:  func(c *Config, value string) error { return readCount(&c.MaxPassages, value) },
		},
	}
}

func readCount(to *int, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > math.MaxInt32 {
		return errors.New("allowed are whole numbers from 1")
	}
	*to = n
	return nil
}
