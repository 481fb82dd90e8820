package evaluate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// Share is how many of so many.
type Share struct {
	Hits int `json:"hits"`
	Of   int `json:"of"`
}

// Count counts one more, which hit or did not.
func (s *Share) Count(hit bool) {
	s.Of++
	if hit {
		s.Hits++
	}
}

// Percent is the share in percent; 0 of nothing.
func (s Share) Percent() float64 {
	if s.Of == 0 {
		return 0
	}
	return 100 * float64(s.Hits) / float64(s.Of)
}

// Interval is the 95 % confidence interval of the share, in percent (Wilson 1927).
func (s Share) Interval() (low, high float64) {
	if s.Of == 0 {
		return 0, 100
	}
	const z = 1.96
	n, p := float64(s.Of), float64(s.Hits)/float64(s.Of)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return 100 * (middle - half), 100 * (middle + half)
}

// String writes "76.2 % (73.8–78.5)".
func (s Share) String() string {
	low, high := s.Interval()
	return fmt.Sprintf("%.1f %% (%.1f–%.1f)", s.Percent(), low, high)
}

// Figures are what was counted over a set. docs/ranking.md defines them.
type Figures struct {
	Set         string           `json:"set"`
	Top1        Share            `json:"top1"`         // the first quote's sentence covers a gold answer
	PassageTop1 Share            `json:"passage_top1"` // the first quote is of the gold passage
	PassageTop3 Share            `json:"passage_top3"` // one of the first three is
	AllTop1     Share            `json:"all_top1"`     // Top1 with all stories of the set in one index
	Typo        Share            `json:"typo_top1"`    // Top1 with a typing error in each question
	Answered    Share            `json:"answered"`     // answerable questions that get an answer
	Kept        Share            `json:"kept"`         // answerable questions that do not meet silence
	OffRefused  Share            `json:"off_refused"`  // questions about another story that meet silence
	NearRefused Share            `json:"near_refused"` // unanswerable ones about the story that are not given an answer
	AUROC       float64          `json:"adversarial_auroc"`
	ByKind      map[string]Share `json:"by_kind"`

	Calibration      [10]Bin     `json:"calibration"`       // by confidence, in tenths
	CalibrationError float64     `json:"calibration_error"` // 0 to 1, see Confidences.Calibration
	Confidences      Confidences `json:"-"`

	P50 time.Duration `json:"p50_ns"` // of a question, the whole answer
	P99 time.Duration `json:"p99_ns"`
}

// auroc is the probability that an answerable question has the larger confidence, ties counting
// half (Mann and Whitney 1947); 0 where one of the kinds is missing.
func auroc(answerable, unanswerable []float64) float64 {
	type judged struct {
		confidence float64
		yes        bool
	}
	var all []judged
	for _, c := range answerable {
		all = append(all, judged{c, true})
	}
	for _, c := range unanswerable {
		all = append(all, judged{c, false})
	}
	if len(answerable) == 0 || len(unanswerable) == 0 {
		return 0
	}
	slices.SortFunc(all, func(a, b judged) int { return cmp.Compare(a.confidence, b.confidence) })
	wins, below := 0.0, 0.0
	for i := 0; i < len(all); {
		j, yes, no := i, 0.0, 0.0
		for ; j < len(all) && all[j].confidence == all[i].confidence; j++ {
			if all[j].yes {
				yes++
			} else {
				no++
			}
		}
		wins += yes * (below + no/2)
		below += no
		i = j
	}
	return wins / float64(len(answerable)) / float64(len(unanswerable))
}

// quantile sorts the durations and returns the one below which a share of them lies.
func quantile(all []time.Duration, share float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[int(share*float64(len(all)-1))]
}
