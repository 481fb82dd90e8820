package train

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"verbatim/evaluate"
	"verbatim/index"
)

// Variant is the ranking fitted with less: without some features, or to fewer stories.
type Variant struct {
	Name     string
	Sets     []VariantFigures
	features []index.Feature // left out
	alike    bool            // no corrections for kinds of questions
	parts    int             // fitted to so many of the other parts; 0 for all
}

// VariantFigures is what a variant reaches on a set, cross-validated by story.
type VariantFigures struct {
	Set                            string
	Top1, PassageTop1, PassageTop3 evaluate.Share
}

// variants are all that is measured: everything, then without each group of features, then with fewer stories.
func variants() []Variant {
	all := []Variant{{Name: "everything"}, {Name: "without corrections by kind", alike: true}}
	for _, g := range groups {
		all = append(all, Variant{Name: "without " + g.name, features: g.features})
	}
	for _, parts := range []int{1, 2, 4} {
		all = append(all, Variant{Name: fmt.Sprintf("fitted to %d of %d parts", parts, Folds-1), parts: parts})
	}
	return all
}

var groups = []struct {
	name     string
	features []index.Feature
}{
	{"BM25 of the sentence", []index.Feature{index.BM25, index.BM25Short, index.BM25Rarity, index.BM25Exact, index.BM25Relative, index.Blend, index.RankSentence}},
	{"coverage by the sentence", []index.Feature{index.Coverage, index.CoverageSquared, index.CoverageRarity, index.CoverageCount, index.CoverageRest, index.CoverageRelative,
		index.CoverageExact, index.CoverageUntitled, index.FirstTerm, index.LastTerm, index.RarestTerm, index.SecondRarest}},
	{"the passage", []index.Feature{index.PassageBM25, index.PassageRarity, index.PassageRarest, index.PassageExact, index.PassageMeaning,
		index.PassageLength, index.RankPassage, index.CoveragePassage, index.PassagePairs}},
	{"the sentences around", []index.Feature{index.CoverageBefore, index.ContextRelative, index.CoverageOpening, index.CoverageLocal,
		index.GainBefore, index.GainEarlier, index.GainOpening}},
	{"title and heading", []index.Feature{index.CoverageTitle, index.GainTitle, index.GainHeading}},
	{"related words", []index.Feature{index.CoverageMeaning, index.GainMeaning}},
	{"look-alikes", []index.Feature{index.GainLetters}},
	{"references", []index.Feature{index.CoverageReferent, index.GainReferent, index.GainPronoun, index.Refers}},
	{"nearness and order", []index.Feature{index.Pairs, index.Contiguous, index.Order, index.Density, index.DensityRelative, index.Phrases}},
	{"names and numbers", []index.Feature{index.NamesCovered, index.NumbersCovered, index.NameMissing, index.NameUnknown}},
	{"what is asked for", []index.Feature{index.Focus, index.FocusModified, index.FocusKind, index.Fits, index.FitsCovered, index.Fitting, index.FittingNear,
		index.FittingDense, index.FittingUnit, index.FittingSure, index.Defines}},
	{"new words", []index.Feature{index.NewNames, index.NewNumbers, index.NewDates}},
	{"comparison with the best", []index.Feature{index.BM25Relative, index.PassageMeaning, index.CoverageRelative, index.ContextRelative, index.DensityRelative}},
}

// Ablate measures what each group of features and the number of stories are worth, by fitting without. Each variant is
// handed over as it comes.
func Ablate(ctx context.Context, sets []*evaluate.Set, each func(Variant)) error {
	t := trainer{}
	defer t.close()
	for _, s := range sets {
		if err := t.add(ctx, s); err != nil {
			return err
		}
	}
	for _, v := range variants() {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.measure(&v)
		each(v)
	}
	return nil
}

// measure fits a variant without each fold and orders the candidates of that fold.
func (t *trainer) measure(v *Variant) {
	for _, s := range t.sources {
		v.Sets = append(v.Sets, VariantFigures{Set: s.Name})
	}
	cases := make([]Case, len(t.cases))
	for i, c := range t.cases {
		cases[i] = v.of(c)
	}
	for fold := range Folds {
		m := Fit(slices.DeleteFunc(slices.Clone(cases), func(c Case) bool { return c.Fold == fold || v.parts > 0 && (c.Fold-fold-1+Folds)%Folds >= v.parts }), Defaults)
		for _, c := range cases {
			if c.Fold == fold {
				v.Sets[c.Set].count(&c, m)
			}
		}
	}
}

// of is a case as the variant sees it.
func (v *Variant) of(c Case) Case {
	if v.alike {
		c.Form.Kind = 0
	}
	if len(v.features) == 0 {
		return c
	}
	c.Candidates = slices.Clone(c.Candidates)
	for i := range c.Candidates {
		for _, f := range v.features {
			c.Candidates[i][f] = 0
		}
	}
	return c
}

// count orders the candidates of a case by a model and counts where the answer came.
func (f *VariantFigures) count(c *Case, m *index.Model) {
	order := make([]int, len(c.Candidates))
	scores := make([]float32, len(c.Candidates))
	for i := range c.Candidates {
		order[i], scores[i] = i, m.Score(c.Form, &c.Candidates[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var passages []int
	place := 0
	for n, i := range order {
		if n == 0 {
			f.Top1.Count(c.Gold[i])
		}
		if !slices.Contains(passages, c.Passages[i]) {
			passages = append(passages, c.Passages[i])
		}
		if c.Right[i] && place == 0 {
			place = len(passages)
		}
	}
	if len(order) == 0 {
		f.Top1.Count(false)
	}
	f.PassageTop1.Count(place == 1)
	f.PassageTop3.Count(place >= 1 && place <= 3)
}
