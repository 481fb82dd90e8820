package train

import (
	"math"
	"sync"
)

// observation is a case of a logistic model.
type observation struct {
	x      []float64
	yes    bool
	weight float64 // how many cases it counts for
}

// fitLogistic fits a logistic model by Newton's method (iteratively reweighted least squares).
// Columns are centred and scaled to a standard deviation of 1, so that the L2 cost is alike for
// all weights; the bias costs nothing, and a column that does not vary weighs nothing. The
// weights returned are those of the rows as they came. It is deterministic.
func fitLogistic(seen []observation, cost float64) (bias float64, weights []float64) {
	if len(seen) == 0 {
		return 0, nil
	}
	f := newLogistic(seen, cost)
	for range 25 {
		if f.step() < 1e-6 {
			break
		}
	}
	weights = make([]float64, len(seen[0].x))
	bias = f.w[0]
	for k, c := range f.columns {
		weights[c] = f.w[k+1] / f.deviation[c]
		bias -= weights[c] * f.mean[c]
	}
	return bias, weights
}

type logistic struct {
	seen            []observation // x centred and scaled, behind a 1 for the bias; only the columns that vary
	cost            float64
	columns         []int
	mean, deviation []float64
	w               []float64
}

func newLogistic(seen []observation, cost float64) *logistic {
	n := len(seen[0].x)
	f := &logistic{cost: cost, mean: make([]float64, n), deviation: make([]float64, n)}
	for _, o := range seen {
		for c, x := range o.x {
			f.mean[c] += x / float64(len(seen))
		}
	}
	for _, o := range seen {
		for c, x := range o.x {
			f.deviation[c] += (x - f.mean[c]) * (x - f.mean[c]) / float64(len(seen))
		}
	}
	for c := range n {
		if f.deviation[c] = math.Sqrt(f.deviation[c]); f.deviation[c] > 1e-4 {
			f.columns = append(f.columns, c)
		}
	}
	for _, o := range seen {
		x := make([]float64, 1, 1+len(f.columns))
		x[0] = 1
		for _, c := range f.columns {
			x = append(x, (o.x[c]-f.mean[c])/f.deviation[c])
		}
		f.seen = append(f.seen, observation{x, o.yes, o.weight})
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
		wg.Go(func() { gs[s], hs[s] = f.part(s*len(f.seen)/shards, (s+1)*len(f.seen)/shards) })
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

// part sums over some of the cases; of h the lower triangle.
func (f *logistic) part(from, to int) (g []float64, h [][]float64) {
	g, h = make([]float64, len(f.w)), make([][]float64, len(f.w))
	for i := range h {
		h[i] = make([]float64, len(f.w))
	}
	for _, o := range f.seen[from:to] {
		x, z := o.x, 0.0
		for i := range x {
			z += f.w[i] * x[i]
		}
		p := 1 / (1 + math.Exp(-z))
		d := p
		if o.yes {
			d--
		}
		for i := range x {
			g[i] += o.weight * d * x[i]
			v := o.weight * (p*(1-p) + 1e-9) * x[i]
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
