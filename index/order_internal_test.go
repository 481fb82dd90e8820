package index

import (
	"math"
	"slices"
	"testing"
)

func TestOrdered(t *testing.T) {
	t.Parallel()
	values := []float32{0, -1.5, 3, float32(math.Copysign(0, -1)), 3, 1e-20, -2, 3.0000002}
	got := ordered(len(values), func(i int) float32 { return values[i] })
	if want := []int{7, 2, 4, 5, 0, 3, 1, 6}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
