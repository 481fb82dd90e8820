package evaluate

import "slices"

// Confidences are those of the answers to a set's questions, by what the story asked has to say.
type Confidences struct {
	Answerable []float64 // it answers
	Hostile    []float64 // it does not, though it has the words
	OffTopic   []float64 // it speaks of something else
}

// The shares of a hundred questions that the calibration counts on: half are answered, and most
// of the others have nothing to do with the story.
const (
	shareAnswerable = 1. / 2
	shareHostile    = 1. / 6
	shareOffTopic   = 1. / 3
)

// Bin is the questions whose confidence lies within a tenth.
type Bin struct {
	Share      float64 `json:"share"`      // of all questions
	Confidence float64 `json:"confidence"` // their mean
	Answered   float64 `json:"answered"`   // how many of them the story answers, from 0 to 1
}

// Calibration sorts questions by confidence, in tenths, and returns by how much confidence and
// truth differ on average: the expected calibration error (Naeini et al. 2015).
func (c *Confidences) Calibration() (bins [10]Bin, off float64) {
	add := func(all []float64, share, answered float64) {
		for _, p := range all {
			b := &bins[min(9, int(10*p))]
			w := share / float64(len(all))
			b.Share += w
			b.Confidence += w * p
			b.Answered += w * answered
		}
	}
	add(c.Answerable, shareAnswerable, 1)
	add(c.Hostile, shareHostile, 0)
	add(c.OffTopic, shareOffTopic, 0)
	var whole float64
	for i := range bins {
		b := &bins[i]
		off += max(b.Confidence-b.Answered, b.Answered-b.Confidence)
		if whole += b.Share; b.Share > 0 {
			b.Confidence, b.Answered = b.Confidence/b.Share, b.Answered/b.Share
		}
	}
	if whole == 0 {
		return bins, 0
	}
	return bins, off / whole
}

// below is the share of confidences that lie below one, in a sorted list.
func below(sorted []float64, confidence float64) float64 {
	i, _ := slices.BinarySearch(sorted, confidence)
	return float64(i) / float64(max(1, len(sorted)))
}
