//go:build !unix

package index

// forget and forgetPart do nothing here: the system decides by itself.
func (m mapping) forget()           {}
func (m mapping) forgetPart([]byte) {}
