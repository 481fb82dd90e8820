package reader

import (
	"encoding/json"
	"errors"
	"io"
)

// Child reads a file from in and writes to out what a [Reader] with this command in another
// process understands. It is the work of a whole process, whose memory and time it limits; what
// goes beyond ends it.
func Child(in io.Reader, out io.Writer, cache string) error {
	if err := limitProcess(); err != nil {
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil {
		return err
	}
	var a answer
	f, err := formatOf("", raw)
	if err == nil {
		a.Document, err = (&Reader{cache: cache}).parse(f, raw)
	}
	if err != nil && !errors.As(err, &a.Fault) {
		return err
	}
	return json.NewEncoder(out).Encode(a)
}

// PrepareChild keeps in the folder cache what makes PDFs fast to read.
func PrepareChild(cache string) error { return errors.Join(limitProcess(), prepare(cache)) }

func prepare(cache string) error {
	engine, err := startPDFium(cache)
	if err != nil {
		return err
	}
	return engine.Close()
}
