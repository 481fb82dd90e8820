package train

import (
	"math"
	"sync"

	"verbatim/index"
)

// Case is a question with its candidates and which of them answer.
type Case struct {
	Set        int // of those given
	Fold       int // cases of one fold are left out together
	Form       index.Form
	Candidates []index.Features
	Gold       []bool // by candidate
	Passages   []int  // by candidate, the passage that it stands in
	Right      []bool // by candidate, whether that passage answers
}

// FitOptions are the settings of the fit. They were chosen by cross-validation, see
// docs/ranking.md.
type FitOptions struct {
	Steps      int     // of Adam
	Rate       float64 // how far a step goes
	Decay      float64 // weight of the sum of squares, L2
	LinesDecay float64 // the same for what is added where the stories are lists of sentences
}

// Defaults are the settings in use.
var Defaults = FitOptions{Steps: 250, Rate: .05, Decay: 2e-2, LinesDecay: 1e-1}

const numFeatures = len(index.Features{})

// Fit finds the weights that give the answering candidates the most probability, where a
// question's candidates share one by the softmax of their scores (listwise: Cao et al. 2007).
// It is deterministic: full batches, a fixed order of sums.
func Fit(cases []Case, o FitOptions) *index.Model {
	f := newFitter(cases, o)
	for step := 1; step <= o.Steps; step++ {
		f.step(step)
	}
	return f.model()
}

// byKind are the features whose worth depends on the kind of question: what of the wanted kind
// the sentence holds. The others have one weight for all kinds; letting every weight differ
// made the fit worse on articles it had not seen.
var byKind = []index.Feature{index.Fits, index.FitsCovered, index.Fitting, index.FittingNear, index.FittingDense,
	index.FittingUnit, index.FittingSure, index.NewNames, index.NewNumbers, index.NewDates, index.Defines, index.FocusKind}

// numKinds is how many kinds of questions there are.
var numKinds = len(index.Model{}.ByKind)

type fitter struct {
	FitOptions
	cases   []Case
	rows    [][]float32 // by case: its candidates, centred and scaled, one after the other
	targets [][]float32
	scale   [numFeatures]float64
	blocks  int       // one for all, one a kind, one for lists of sentences
	w       []float64 // blocks × features
	m, v    []float64 // Adam's averages
}

func newFitter(cases []Case, o FitOptions) *fitter {
	f := &fitter{FitOptions: o, blocks: 2 + numKinds}
	for _, c := range cases {
		if t := target(c); t != nil {
			f.cases, f.targets = append(f.cases, c), append(f.targets, t)
		}
	}
	f.standardise()
	n := f.blocks * numFeatures
	f.w, f.m, f.v = make([]float64, n), make([]float64, n), make([]float64, n)
	return f
}

// lines is where the block for lists of sentences begins.
func (f *fitter) lines() int { return (f.blocks - 1) * numFeatures }

// target shares one among the gold candidates; nil where there is nothing to learn.
func target(c Case) []float32 {
	gold := 0
	for _, g := range c.Gold {
		if g {
			gold++
		}
	}
	if gold == 0 || len(c.Candidates) < 2 {
		return nil
	}
	t := make([]float32, len(c.Gold))
	for i, g := range c.Gold {
		if g {
			t[i] = 1 / float32(gold)
		}
	}
	return t
}

// standardise centres the features within each question, which changes no order, and scales
// them by their standard deviation over all.
func (f *fitter) standardise() {
	var squares [numFeatures]float64
	n := 0
	for _, c := range f.cases {
		var mean [numFeatures]float64
		for i := range c.Candidates {
			for j, x := range c.Candidates[i] {
				mean[j] += float64(x) / float64(len(c.Candidates))
			}
		}
		rows := make([]float32, 0, len(c.Candidates)*numFeatures)
		for i := range c.Candidates {
			for j, x := range c.Candidates[i] {
				d := float64(x) - mean[j]
				squares[j] += d * d
				rows = append(rows, float32(d))
			}
			n++
		}
		f.rows = append(f.rows, rows)
	}
	for j := range f.scale {
		if sd := math.Sqrt(squares[j] / float64(max(n, 1))); sd > 1e-4 {
			f.scale[j] = 1 / sd
		}
	}
	for _, rows := range f.rows {
		for i := range rows {
			rows[i] *= float32(f.scale[i%numFeatures])
		}
	}
}

// step is one of Adam (Kingma and Ba 2015) on all cases.
func (f *fitter) step(t int) {
	g := f.gradient()
	for i := range f.w {
		decay := f.Decay
		if i >= f.lines() {
			decay = f.LinesDecay
		}
		d := g[i]/float64(len(f.cases)) + decay*f.w[i]
		f.m[i] = .9*f.m[i] + .1*d
		f.v[i] = .99*f.v[i] + .01*d*d
		f.w[i] -= f.Rate * f.m[i] / (1 - math.Pow(.9, float64(t))) / (math.Sqrt(f.v[i]/(1-math.Pow(.99, float64(t)))) + 1e-8)
	}
}

// shards is into how many parts the cases are split; fixed, so that sums come out alike on any
// machine.
const shards = 8

func (f *fitter) gradient() []float64 {
	parts := make([][]float64, shards)
	var wg sync.WaitGroup
	for s := range shards {
		wg.Go(func() {
			g := make([]float64, len(f.w))
			for i := s * len(f.cases) / shards; i < (s+1)*len(f.cases)/shards; i++ {
				f.addCase(g, i)
			}
			parts[s] = g
		})
	}
	wg.Wait()
	for _, p := range parts[1:] {
		for i := range p {
			parts[0][i] += p[i]
		}
	}
	return parts[0]
}

// addCase adds the gradient of one question: (probability − target) × features.
func (f *fitter) addCase(g []float64, i int) {
	form := f.cases[i].Form
	kind, lines := (1+int(form.Kind))*numFeatures, f.lines()
	var w [numFeatures]float32
	for j := range w {
		w[j] = float32(f.w[j] + f.w[kind+j])
		if form.Lines {
			w[j] += float32(f.w[lines+j])
		}
	}
	rows, target := f.rows[i], f.targets[i]
	p := softmax(rows, &w)
	var sum [numFeatures]float32
	for r := range p {
		d := p[r] - target[r]
		if row := rows[r*numFeatures : (r+1)*numFeatures]; d != 0 {
			for j := range sum {
				sum[j] += d * row[j]
			}
		}
	}
	for j, x := range sum {
		g[j] += float64(x)
	}
	if form.Lines {
		for j, x := range sum {
			g[lines+j] += float64(x)
		}
	}
	for _, j := range byKind {
		g[kind+int(j)] += float64(sum[j])
	}
}

func softmax(rows []float32, w *[numFeatures]float32) []float32 {
	p := make([]float32, len(rows)/numFeatures)
	best := float32(math.Inf(-1))
	for r := range p {
		for j, x := range rows[r*numFeatures : (r+1)*numFeatures] {
			p[r] += x * w[j]
		}
		best = max(best, p[r])
	}
	var sum float32
	for r := range p {
		p[r] = float32(math.Exp(float64(p[r] - best)))
		sum += p[r]
	}
	for r := range p {
		p[r] /= sum
	}
	return p
}

// model takes the scale back out of the weights.
func (f *fitter) model() *index.Model {
	m := &index.Model{}
	for j := range numFeatures {
		m.Weights[j] = float32(f.w[j] * f.scale[j])
		m.Lines[j] = float32(f.w[f.lines()+j] * f.scale[j])
		for k := range numKinds {
			m.ByKind[k][j] = float32(f.w[(1+k)*numFeatures+j] * f.scale[j])
		}
	}
	return m
}
