//go:build !linux

package reader

import "time"

// limitProcess leaves the limits to the parent's clock and to Go's memory limit, where the
// system has none that Go's way of reserving memory gets along with.
func limitProcess(time.Duration) error { return nil }
