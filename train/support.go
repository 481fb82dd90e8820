package train

import (
	"math"

	"verbatim/index"
)

// Example is a question for the models of support: its signals, and whether the answer to what
// the model judges is yes.
type Example struct {
	Signals index.Signals
	Yes     bool
}

const numSignals = len(index.Signals{})

// FitSupport fits a logistic model by Newton's method (iteratively reweighted least squares)
// with a small L2 cost on all signals but the bias. It is deterministic.
func FitSupport(examples []Example, cost float64) index.Signals {
	var w [numSignals]float64
	scale := scaleOf(examples)
	for range 25 {
		var g [numSignals]float64
		var h [numSignals][numSignals]float64
		for i := range w {
			c := cost
			if index.Signal(i) == index.SignalBias {
				c = 1e-6
			}
			g[i], h[i][i] = c*w[i], c+1e-9
		}
		for k := range examples {
			addExample(&g, &h, &w, &scale, &examples[k])
		}
		step := solve(h, g)
		for i := range w {
			w[i] -= step[i]
		}
	}
	var out index.Signals
	for i := range w {
		out[i] = float32(w[i] * scale[i])
	}
	return out
}

func addExample(g *[numSignals]float64, h *[numSignals][numSignals]float64, w, scale *[numSignals]float64, e *Example) {
	z := 0.0
	var x [numSignals]float64
	for i := range x {
		x[i] = float64(e.Signals[i]) * scale[i]
		z += w[i] * x[i]
	}
	p := 1 / (1 + math.Exp(-z))
	d := p
	if e.Yes {
		d--
	}
	for i := range x {
		if x[i] == 0 {
			continue
		}
		g[i] += d * x[i]
		for j := range x {
			h[i][j] += (p*(1-p) + 1e-9) * x[i] * x[j]
		}
	}
}

// scaleOf is 1 by the root mean square of each signal, so that the cost is alike for all.
func scaleOf(examples []Example) (scale [numSignals]float64) {
	for _, e := range examples {
		for i, x := range e.Signals {
			scale[i] += float64(x) * float64(x) / float64(len(examples))
		}
	}
	for i, s := range scale {
		scale[i] = 0
		if s > 1e-8 {
			scale[i] = 1 / math.Sqrt(s)
		}
	}
	return scale
}

// solve finds h⁻¹g by elimination with pivots.
func solve(h [numSignals][numSignals]float64, g [numSignals]float64) [numSignals]float64 {
	for i := range g {
		p := i
		for r := i + 1; r < numSignals; r++ {
			if math.Abs(h[r][i]) > math.Abs(h[p][i]) {
				p = r
			}
		}
		h[i], h[p], g[i], g[p] = h[p], h[i], g[p], g[i]
		for r := i + 1; r < numSignals; r++ {
			f := h[r][i] / h[i][i]
			for c := i; c < numSignals; c++ {
				h[r][c] -= f * h[i][c]
			}
			g[r] -= f * g[i]
		}
	}
	for i := numSignals - 1; i >= 0; i-- {
		for c := i + 1; c < numSignals; c++ {
			g[i] -= h[i][c] * g[c]
		}
		g[i] /= h[i][i]
	}
	return g
}
