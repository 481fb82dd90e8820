package reader

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// format is a kind of file that can be read. Its errors are faults.
type format struct {
	read func(raw []byte) (*document, error)
}

// formatOf tells the format of a file by its content; only Markdown is told from plain text by
// its name.
func formatOf(name string, raw []byte) (*format, error) {
	switch {
	case len(raw) > MaxBytes:
		return nil, tooLarge
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, empty
	case isMarkdown(name):
		return &format{readMarkdown}, nil
	}
	return &format{readText}, nil
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

func kindOf(raw []byte) string {
	kind := mimetype.Detect(raw).String()
	kind, _, _ = strings.Cut(kind, ";")
	if kind == "application/octet-stream" || kind == "text/plain" {
		return "binary data"
	}
	return kind
}
