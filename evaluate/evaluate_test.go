package evaluate_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/evaluate"
	"verbatim/index"
)

func read(t *testing.T, file string) *evaluate.Set {
	t.Helper()
	set, err := evaluate.Read("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRead_places_gold_answers_by_bytes(t *testing.T) {
	t.Parallel()
	set := read(t, "harbour.json")
	want := map[string]string{"Who was chosen as harbour master?": "Mara Lind", "How many members abstained?": "Two members", "Who was chosen as bishop?": "",
		"When was the north pier built?": "1902", "Who grafted the pear trees?": "Pia Voss", "How many pear trees were grafted?": "forty"}
	got := map[string]string{}
	for _, q := range set.Questions {
		got[q.Text] = ""
		for _, g := range q.Gold {
			got[q.Text] += set.Stories[q.Story].Text[g.Start:g.End]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRead_makes_a_story_of_each_SelQA_section(t *testing.T) {
	t.Parallel()
	set := read(t, "orchard-selqa.json")
	if len(set.Stories) != 1 || len(set.Stories[0].Passages) != 3 || !set.Sentences {
		t.Fatalf("%d stories, sentences %v", len(set.Stories), set.Sentences)
	}
	gold := set.Questions[0].Gold[0]
	if got := set.Stories[0].Text[gold.Start:gold.End]; !strings.HasPrefix(got, "The gardener") {
		t.Errorf("the gold sentence is %q", got)
	}
}

func TestRead_refuses_other_files(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"evaluate_test.go", "nothing.json"} {
		if _, err := evaluate.Read(file); err == nil {
			t.Errorf("%s was read", file)
		}
	}
}

func TestMeasure_counts_both_systems(t *testing.T) {
	t.Parallel()
	set := read(t, "harbour.json")
	for name, system := range map[string]evaluate.System{"verbatim": evaluate.BuiltIn, "baseline": evaluate.Baseline} {
		asked := 0
		f, err := evaluate.Measure(context.Background(), set, system, evaluate.Options{Kind: index.KindOf, Progress: func(done, all int) { asked = done }})
		if err != nil {
			t.Fatal(err)
		}
		if f.Top1.Of != 5 || f.Top1.Hits < 4 || f.AllTop1.Of != 5 || f.OffRefused.Of != 5 || f.NearRefused.Of != 1 || asked != 6 {
			t.Errorf("%s: %+v after %d questions", name, f, asked)
		}
		if f.ByKind["person"].Of != 2 || f.ByKind["amount"].Of != 2 || f.ByKind["time"].Of != 1 {
			t.Errorf("%s: by kind %v", name, f.ByKind)
		}
		if name == "verbatim" && f.OffRefused.Hits != 5 {
			t.Errorf("%s: refused %v of the questions about the other story", name, f.OffRefused)
		}
	}
}

func TestShare_has_the_interval_of_Wilson(t *testing.T) {
	t.Parallel()
	low, high := evaluate.Share{Hits: 8, Of: 10}.Interval()
	if math.Abs(low-49.0) > .1 || math.Abs(high-94.3) > .1 {
		t.Errorf("8 of 10: %.1f–%.1f", low, high)
	}
	if low, high := (evaluate.Share{}).Interval(); low != 0 || high != 100 {
		t.Errorf("0 of 0: %v–%v", low, high)
	}
}

func TestCheck_passes_and_fails_golden_questions(t *testing.T) {
	t.Parallel()
	golden, err := evaluate.ReadGolden(strings.NewReader(`{"question": "Who grafted the pear trees?", "expect": "Pia Voss"}
{"question": "Who grafted the pear trees?", "expect": "Mara Lind"}

{"question": "What is the boiling point of tungsten?"}
{"question": "Who grafted the pear trees?"}`))
	if err != nil {
		t.Fatal(err)
	}
	set := read(t, "harbour.json")
	x, err := index.New([]*corpus.Story{set.Stories[1]})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	verdicts, err := evaluate.Check(context.Background(), x, golden)
	if err != nil {
		t.Fatal(err)
	}
	var got []bool
	for _, v := range verdicts {
		got = append(got, v.Pass)
	}
	if diff := cmp.Diff([]bool{true, false, true, false}, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadGolden_names_the_line_at_fault(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"{\"question\": \"Who?\"}\nWho?", `{"question": ""}`, `{"question": "Who?", "wants": "x"}`} {
		if _, err := evaluate.ReadGolden(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCalibration_tells_how_far_confidence_is_from_the_truth(t *testing.T) {
	t.Parallel()
	sure := evaluate.Confidences{Answerable: []float64{1, 1}, Hostile: []float64{0}, OffTopic: []float64{0, 0}}
	if _, off := sure.Calibration(); off != 0 {
		t.Errorf("the error of one that is always right is %v", off)
	}
	half := evaluate.Confidences{Answerable: []float64{.5}, OffTopic: []float64{.5}, Hostile: []float64{.5}}
	if bins, off := half.Calibration(); off > 1e-9 || math.Abs(bins[5].Answered-.5) > 1e-9 || math.Abs(bins[5].Share-1) > 1e-9 {
		t.Errorf("the error of one that never knows is %v: %v", off, bins[5])
	}
	wrong := evaluate.Confidences{Answerable: []float64{0}, OffTopic: []float64{1}, Hostile: []float64{1}}
	if _, off := wrong.Calibration(); math.Abs(off-1) > 1e-9 {
		t.Errorf("the error of one that is always wrong is %v", off)
	}
	if _, off := new(evaluate.Confidences).Calibration(); off != 0 {
		t.Errorf("the error on nothing is %v", off)
	}
}

func TestPicture_draws_a_line_for_each_kind_that_is_refused(t *testing.T) {
	t.Parallel()
	for kinds, f := range []*evaluate.Figures{
		{}, {Confidences: evaluate.Confidences{Answerable: []float64{.9, .8}, OffTopic: []float64{.1}}},
		{Confidences: evaluate.Confidences{Answerable: []float64{.9, .8}, OffTopic: []float64{.1}, Hostile: []float64{.7}}},
	} {
		var b strings.Builder
		if err := evaluate.Picture(&b, f); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(b.String(), "<polyline"); got != kinds || !strings.HasSuffix(b.String(), "</svg>\n") {
			t.Errorf("%d lines, want %d", got, kinds)
		}
	}
}
