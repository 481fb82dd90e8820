package train

import (
	"math"
	"sync"
)

// fitLogistic fits a logistic model by Newton's method (iteratively reweighted least squares).
// Columns are centred and scaled to a standard deviation of 1, so that the L2 cost is alike for
// all weights; the bias costs nothing, and a column that does not vary weighs nothing. The
// weights returned are those of the rows as they came. It is deterministic.
func fitLogistic(rows [][]float64, yes []bool, cost float64) (bias float64, weights []float64) {
	if len(rows) == 0 {
		return 0, nil
	}
	f := newLogistic(rows, yes, cost)
	for range 25 {
		if f.step() < 1e-6 {
			break
		}
	}
	weights = make([]float64, len(rows[0]))
	bias = f.w[0]
	for k, c := range f.columns {
		weights[c] = f.w[k+1] / f.deviation[c]
		bias -= weights[c] * f.mean[c]
	}
	return bias, weights
}

type logistic struct {
	rows            [][]float64 // centred and scaled, behind a 1 for the bias; only the columns that vary
	yes             []bool
	cost            float64
	columns         []int
	mean, deviation []float64
	w               []float64
}

func newLogistic(rows [][]float64, yes []bool, cost float64) *logistic {
	n := len(rows[0])
	f := &logistic{yes: yes, cost: cost, mean: make([]float64, n), deviation: make([]float64, n)}
	for _, row := range rows {
		for c, x := range row {
			f.mean[c] += x / float64(len(rows))
		}
	}
	for _, row := range rows {
		for c, x := range row {
			f.deviation[c] += (x - f.mean[c]) * (x - f.mean[c]) / float64(len(rows))
		}
	}
	for c := range n {
		if f.deviation[c] = math.Sqrt(f.deviation[c]); f.deviation[c] > 1e-4 {
			f.columns = append(f.columns, c)
		}
	}
	for _, row := range rows {
		scaled := make([]float64, 1, 1+len(f.columns))
		scaled[0] = 1
		for _, c := range f.columns {
			scaled = append(scaled, (row[c]-f.mean[c])/f.deviation[c])
		}
		f.rows = append(f.rows, scaled)
	}
	f.w = make([]float64, 1+len(f.columns))
	return f
}

// step is one of Newton's; it returns the largest change of a weight.
func (f *logistic) step() (largest float64) {
	g, h := f.derivatives()
	for i := range f.w {
		cost := f.cost
		if i == 0 {
			cost = 0
		}
		g[i] += cost * f.w[i]
		h[i][i] += cost + 1e-9
	}
	for i, d := range solve(h, g) {
		f.w[i] -= d
		largest = max(largest, math.Abs(d))
	}
	return largest
}

// derivatives are the gradient and the matrix of second derivatives of the loss, summed in a
// fixed order.
func (f *logistic) derivatives() (g []float64, h [][]float64) {
	gs, hs := make([][]float64, shards), make([][][]float64, shards)
	var wg sync.WaitGroup
	for s := range shards {
		wg.Go(func() { gs[s], hs[s] = f.part(s*len(f.rows)/shards, (s+1)*len(f.rows)/shards) })
	}
	wg.Wait()
	g, h = gs[0], hs[0]
	for s := 1; s < shards; s++ {
		for i := range g {
			g[i] += gs[s][i]
			for j := range i + 1 {
				h[i][j] += hs[s][i][j]
			}
		}
	}
	for i := range h {
		for j := range i {
			h[j][i] = h[i][j]
		}
	}
	return g, h
}

// part sums over the rows from, to; of h the lower triangle.
func (f *logistic) part(from, to int) (g []float64, h [][]float64) {
	g, h = make([]float64, len(f.w)), make([][]float64, len(f.w))
	for i := range h {
		h[i] = make([]float64, len(f.w))
	}
	for r := from; r < to; r++ {
		x, z := f.rows[r], 0.0
		for i := range x {
			z += f.w[i] * x[i]
		}
		p := 1 / (1 + math.Exp(-z))
		d := p
		if f.yes[r] {
			d--
		}
		for i := range x {
			g[i] += d * x[i]
			v := (p*(1-p) + 1e-9) * x[i]
			row := h[i]
			for j := range i + 1 {
				row[j] += v * x[j]
			}
		}
	}
	return g, h
}

// solve finds h⁻¹g by elimination with pivots. It destroys both.
func solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	for i := range g {
		p := i
		for r := i + 1; r < n; r++ {
			if math.Abs(h[r][i]) > math.Abs(h[p][i]) {
				p = r
			}
		}
		h[i], h[p], g[i], g[p] = h[p], h[i], g[p], g[i]
		for r := i + 1; r < n; r++ {
			f := h[r][i] / h[i][i]
			for c := i; c < n; c++ {
				h[r][c] -= f * h[i][c]
			}
			g[r] -= f * g[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for c := i + 1; c < n; c++ {
			g[i] -= h[i][c] * g[c]
		}
		g[i] /= h[i][i]
	}
	return g
}
