//go:build !unix

package index

// forget does nothing here: the system decides by itself.
func (m mapping) forget() {}
