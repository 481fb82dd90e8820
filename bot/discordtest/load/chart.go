package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// columns is how wide a chart is.
const columns = 60

// chart draws values over time as a row of bars, with their least and greatest.
func chart(what, unit string, values []float64) string {
	if len(values) == 0 {
		return what
	}
	least, most := slices.Min(values), slices.Max(values)
	bars := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, v := range values {
		b.WriteRune(bars[min(len(bars)-1, int(v/max(most, 1e-9)*float64(len(bars))))])
	}
	return fmt.Sprintf("%-7s %s  %.0f to %.0f %s", what, b.String(), least, most, unit)
}

// spread picks or averages values so that they fill a chart.
func spread(values []float64) []float64 {
	if len(values) <= columns {
		return values
	}
	out := make([]float64, columns)
	for i := range out {
		part := values[i*len(values)/columns : (i+1)*len(values)/columns]
		out[i] = slices.Max(part)
	}
	return out
}

// latencyChart draws a quantile of the latencies over a run.
func latencyChart(what string, share float64, whole time.Duration, all []latency) string {
	parts := make([][]float64, columns)
	for _, l := range all {
		i := min(columns-1, int(l.at*columns/whole))
		parts[i] = append(parts[i], float64(l.took)/float64(time.Millisecond))
	}
	values := make([]float64, 0, columns)
	for _, p := range parts {
		if len(p) == 0 {
			values = append(values, 0)
			continue
		}
		slices.Sort(p)
		values = append(values, p[min(len(p)-1, int(share*float64(len(p))))])
	}
	return chart(what, "ms", values)
}
