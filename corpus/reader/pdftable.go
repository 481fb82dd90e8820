package reader

import (
	"math"
	"regexp"
)

// rowsOf finds the cells of the lines that are rows of a table: two or more below each other that
// have cells. Other lines have none.
func rowsOf(lines []pdfLine) [][][]pdfWord {
	rows := make([][][]pdfWord, len(lines))
	for i := 0; i < len(lines); {
		end, starts := i, []float64(nil)
		for end < len(lines) && (end == i || lines[end].bottom < lines[end-1].bottom) {
			cells := lines[end].cells(nil)
			if len(cells) < 2 {
				break
			}
			for _, c := range cells {
				starts = append(starts, c[0].left)
			}
			end++
		}
		if end-i > 1 {
			for j := i; j < end; j++ {
				rows[j] = lines[j].cells(starts)
			}
		}
		i = max(end, i+1)
	}
	return rows
}

var numbering = regexp.MustCompile(`^(?:\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[•‣◦▪–—*-]|\(?[a-zA-Z][.)])$`)

// cells splits a line where its words stand apart, wider than an em, and where a cell of another
// row of the table begins.
func (l *pdfLine) cells(starts []float64) (cells [][]pdfWord) {
	start := 0
	for i := 1; i < len(l.words); i++ {
		word, before := &l.words[i], &l.words[i-1]
		wide := word.left-before.right > 1.1*l.size && !(i == 1 && numbering.MatchString(before.text))
		if wide || word.left-before.right > 0.2*l.size && isStart(word.left, starts) {
			cells = append(cells, l.words[start:i])
			start = i
		}
	}
	return append(cells, l.words[start:])
}

func isStart(x float64, starts []float64) bool {
	for _, s := range starts {
		if math.Abs(x-s) < 0.5 {
			return true
		}
	}
	return false
}
