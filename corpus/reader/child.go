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
	if err := limitProcess(maxProcessor); err != nil {
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil {
		return err
	}
	var a answer
	d := &document{}
	f, err := formatOf("", raw)
	if err == nil {
		d, err = (&Reader{cache: cache}).parse(f, raw)
	}
	if err == nil {
		a = answer{Title: d.Title, Author: d.Author, Blocks: d.Blocks}
	} else if !errors.As(err, &a.Fault) {
		return err
	}
	if err := json.NewEncoder(out).Encode(a); err != nil || a.Fault != "" {
		return err
	}
	_, err = io.WriteString(out, d.Text)
	return err
}

// PrepareChild keeps in the folder cache what makes PDFs fast to read.
func PrepareChild(cache string) error { return errors.Join(limitProcess(coldTime), prepare(cache)) }

func prepare(cache string) error {
	engine, err := startPDFium(cache)
	if err != nil {
		return err
	}
	return engine.Close()
}
