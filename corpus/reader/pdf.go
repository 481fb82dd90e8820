package reader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The faults that only PDFs have.
const (
	locked     = fault("is protected by a password; please save it without one.")
	pictures   = fault("holds only pictures of its pages, which I cannot read; please run text recognition (OCR) over it first.")
	damagedPDF = fault("is a damaged PDF; please export it again.")
)

// readPDF reads a PDF: pdfwords.go finds the lines of a page, pdfblocks.go their paragraphs.
func readPDF(raw []byte, cache string) (*document, error) {
	engine, err := startPDFium(cache)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	return engine.read(raw)
}

// pdfEngine is PDFium, in WebAssembly: it reaches neither files nor the network.
type pdfEngine struct {
	pool pdfium.Pool
	pdfium.Pdfium
}

// pdfMemory is how much PDFium may use, in pages of 64 KiB: 256 MB.
const pdfMemory = 256 << 20 >> 16

// startPDFium compiles PDFium, which takes 5 s of processor time, or 0.1 s where the folder
// cache holds it from an earlier start. Without a folder nothing is kept.
func startPDFium(cache string) (*pdfEngine, error) {
	settings := wazero.NewRuntimeConfig().WithMemoryLimitPages(pdfMemory).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache != "" {
		compiled, err := wazero.NewCompilationCacheWithDir(cache)
		if err != nil {
			return nil, fmt.Errorf("reader: keeping PDFium in %s: %w", cache, err)
		}
		settings = settings.WithCompilationCache(compiled)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: experimental.WithCompilationWorkers(context.Background(), 2),
		MaxIdle: 1, MaxTotal: 1, RuntimeConfig: settings, FSConfig: wazero.NewFSConfig(),
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("reader: starting PDFium: %w", err)
	}
	instance, err := pool.GetInstance(time.Minute)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reader: starting PDFium: %w", err), pool.Close())
	}
	return &pdfEngine{pool, instance}, nil
}

// Close ends PDFium.
func (e *pdfEngine) Close() error { return errors.Join(e.Pdfium.Close(), e.pool.Close()) }

// read reads the pages. PDFium meets a broken file with an error, a trap or a panic of what
// wraps it; all of them are the file's fault.
func (e *pdfEngine) read(raw []byte) (d *document, err error) {
	defer func() {
		if recover() != nil {
			d, err = nil, damagedPDF
		}
	}()
	opened, err := e.FPDF_LoadMemDocument(&requests.FPDF_LoadMemDocument{Data: &raw})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, locked
	case err != nil:
		return nil, damagedPDF
	}
	defer func() {
		_, _ = e.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: opened.Document})
	}()
	pages, err := e.pages(opened.Document)
	if err != nil {
		return nil, err
	}
	d = pdfDocument(pages)
	// What pages call themselves often has the name of their site behind the title.
	if title := e.about(opened.Document, "Title"); isTitle(title) && (d.Title == "" || !strings.Contains(title, d.Title)) {
		d.Title = title
	}
	d.Author = e.about(opened.Document, "Author")
	return d, nil
}

// pages are the lines of all pages. A page that is broken is left out, unless all are.
func (e *pdfEngine) pages(file references.FPDF_DOCUMENT) (pages []pdfPage, err error) {
	count, err := e.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: file})
	if err != nil || count.PageCount == 0 {
		return nil, damagedPDF
	}
	words, broken := 0, 0
	for i := range count.PageCount {
		lines, err := e.page(file, i)
		if err != nil {
			broken++
			continue
		}
		for _, l := range lines {
			words += len(l.words)
		}
		pages = append(pages, pdfPage{lines})
	}
	switch {
	case broken == count.PageCount:
		return nil, damagedPDF
	case words == 0:
		return nil, pictures
	}
	return pages, nil
}

// about is what a PDF says of itself.
func (e *pdfEngine) about(file references.FPDF_DOCUMENT, tag string) string {
	found, err := e.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: file, Tag: tag})
	if err != nil {
		return ""
	}
	return clean(found.Value)
}

var fileName = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint)\b|untitled\b|.*\.[a-z]{2,5}$)`)

// isTitle tells a title from what programs put in its place: the name of a file.
func isTitle(s string) bool { return len(strings.Fields(s)) > 0 && !fileName.MatchString(s) }
