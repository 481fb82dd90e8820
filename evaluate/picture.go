package evaluate

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	pictureWidth, pictureHeight = 480, 300
	left, top                   = 60, 20
	plotWidth, plotHeight       = 390, 220
	// leastKept is where the picture begins: nobody wants to lose more.
	leastKept = .7
)

// Picture writes, as SVG, how many of the questions that a story does not answer are refused,
// for how many of those that it answers are kept, over all thresholds of the confidence. The
// points are where the outcomes in use lie.
func Picture(out io.Writer, f *Figures) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">`+"\n", pictureWidth, pictureHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", pictureWidth, pictureHeight)
	grid(&b)
	c := f.Confidences
	slices.Sort(c.Answerable)
	for _, line := range []struct {
		name, colour string
		refused      []float64
		inUse        point
	}{
		{"off-topic", "#1f6f4a", c.OffTopic, point{f.Kept.Percent() / 100, f.OffRefused.Percent() / 100}},
		{"hostile", "#a33b2e", c.Hostile, point{f.Answered.Percent() / 100, f.NearRefused.Percent() / 100}},
	} {
		if len(line.refused) == 0 {
			continue
		}
		points := curve(c.Answerable, line.refused)
		fmt.Fprintf(&b, `<polyline fill="none" stroke="%s" stroke-width="1.5" points="%s"/>`+"\n", line.colour, strings.Join(points, " "))
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>`+"\n", line.inUse.x(), line.inUse.y(), line.colour)
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n", line.inUse.x()-70, line.inUse.y()+18, line.colour, line.name)
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// point is what is kept and what is refused, from 0 to 1.
type point struct{ kept, refused float64 }

func (p point) x() float64 { return left + plotWidth*(p.kept-leastKept)/(1-leastKept) }
func (p point) y() float64 { return top + plotHeight*(1-p.refused) }

// curve goes through all thresholds, in steps of a thousandth of the answerable questions.
func curve(sorted, refused []float64) (points []string) {
	refused = slices.Sorted(slices.Values(refused))
	for lost := 0.; lost <= 1-leastKept; lost += .001 {
		if len(sorted) == 0 {
			break
		}
		p := point{1 - lost, below(refused, sorted[int(lost*float64(len(sorted)))])}
		points = append(points, fmt.Sprintf("%.1f,%.1f", p.x(), p.y()))
	}
	return points
}

// grid draws the axes: a line every 20 % refused and every 5 % kept.
func grid(b *strings.Builder) {
	for percent := 0; percent <= 100; percent += 20 {
		y := point{1, float64(percent) / 100}.y()
		fmt.Fprintf(b, `<path d="M%d %.1fh%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%d %%</text>`+"\n", left, y, plotWidth, left-6, y+4, percent)
	}
	for percent := int(100 * leastKept); percent <= 100; percent += 5 {
		x := point{float64(percent) / 100, 0}.x()
		fmt.Fprintf(b, `<path d="M%.1f %dv%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%d %%</text>`+"\n", x, top, plotHeight, x, top+plotHeight+16, percent)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">answerable questions kept</text>`+"\n", left+plotWidth/2, top+plotHeight+40)
	fmt.Fprintf(b, `<text transform="translate(14 %d) rotate(-90)" text-anchor="middle">unanswerable questions refused</text>`+"\n", top+plotHeight/2)
}
