//go:build !unix

package index

// These do nothing here: the system decides by itself.
func (m mapping) forget()           {}
func (m mapping) forgetPart([]byte) {}

func (m mapping) sparsely(use func() error) error { return use() }
