package reader

import "strings"

// cellBreak stands between the cells of a table's row.
const cellBreak = " | "

// longCell is how many bytes a cell of a row has at most: one with more is not of a table, but
// a column of a page that was laid out with one.
const longCell = 600

// tableReader puts the rows of tables together. A table within a table is text of its cell.
type tableReader struct {
	depth int
	cell  []string   // paragraphs
	row   [][]string // cells
	notes []string
}

func (t *tableReader) open() bool { return t.depth > 0 }

func (t *tableReader) start() { t.depth++ }

func (t *tableReader) end() { t.depth = max(0, t.depth-1) }

// add adds a paragraph to the cell, with the footnotes that it refers to.
func (t *tableReader) add(text string, notes []string) {
	t.cell = append(t.cell, text)
	t.notes = append(t.notes, notes...)
}

func (t *tableReader) endCell() {
	if t.depth == 1 {
		t.row = append(t.row, t.cell)
		t.cell = nil
	}
}

// endRow writes the row, and its footnotes behind it.
func (t *tableReader) endRow(w *writer) {
	if t.depth != 1 {
		return
	}
	w.row(t.row)
	for _, note := range t.notes {
		w.write(note, 0)
	}
	t.row, t.notes = nil, nil
}

// row writes the cells of a row as one passage, but the paragraphs of a page's columns as they
// are.
func (w *writer) row(cells [][]string) {
	joined := make([]string, len(cells))
	column := len(cells) == 1
	for i, paragraphs := range cells {
		joined[i] = strings.Join(paragraphs, " ")
		column = column || len(joined[i]) > longCell
	}
	if !column {
		w.write(strings.Join(joined, cellBreak), 0)
		return
	}
	for _, paragraphs := range cells {
		for _, p := range paragraphs {
			w.write(p, 0)
		}
	}
}
