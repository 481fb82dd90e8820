package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"verbatim/config"
	"verbatim/evaluate"
	"verbatim/index"
)

func newEvaluate() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "evaluate FILE…",
		Short: "Measure answers by files of questions",
		Long: `Measures how good the answers are. A FILE in the format of SQuAD 2.0 or SelQA brings its own
stories; the figures, which docs/ranking.md defines, stand beside those of plain full-text search.

A FILE of golden questions is about the stories of --stories, one JSON object a line:

  {"question": "Who is Mara Lind?", "expect": "harbour master"}
  {"question": "Who painted the Mona Lisa?"}

The first must be answered by a passage that has these words; the second must not be answered.
Exit status: 0, or 1 when a golden question went wrong.`,
		Args: cobra.MinimumNArgs(1),
	}
	setting(cmd, config.Stories())
	asJSON := cmd.Flags().Bool("json", false, "write JSON")
	cmd.RunE = does(func(ctx context.Context, cmd *cobra.Command, files []string) error {
		wrong := 0
		for _, file := range files {
			n, err := evaluateFile(ctx, cmd, file, *asJSON)
			if err != nil {
				return err
			}
			wrong += n
		}
		if wrong > 0 {
			return fmt.Errorf("%d golden questions went wrong", wrong)
		}
		return nil
	})
	return cmd
}

// evaluateFile measures by one file, and returns how many golden questions went wrong.
func evaluateFile(ctx context.Context, cmd *cobra.Command, file string, asJSON bool) (wrong int, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return 0, &unusable{err}
	}
	if golden, err := evaluate.ReadGolden(bytes.NewReader(raw)); err == nil && len(golden) > 0 {
		return checkGolden(ctx, cmd, golden, asJSON)
	}
	set, err := evaluate.Read(file)
	if err != nil {
		return 0, &unusable{fmt.Errorf("%w; see verbatim evaluate --help", err)}
	}
	ours, err := measure(ctx, set, evaluate.BuiltIn)
	if err != nil {
		return 0, err
	}
	plain, err := measure(ctx, set, evaluate.Baseline)
	if err != nil {
		return 0, err
	}
	if asJSON {
		return 0, json.NewEncoder(os.Stdout).Encode(map[string]any{"verbatim": ours, "baseline": plain})
	}
	return 0, printFigures(os.Stdout, ours, plain)
}

// measure measures with a progress bar on a terminal.
func measure(ctx context.Context, set *evaluate.Set, system evaluate.System) (*evaluate.Figures, error) {
	o := evaluate.Options{Kind: index.KindOf}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		bar := progressbar.NewOptions(len(set.Questions), progressbar.OptionSetWriter(os.Stderr), progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription(set.Name))
		o.Progress = func(done, _ int) { _ = bar.Set(done) }
	}
	return evaluate.Measure(ctx, set, system, o)
}

// printFigures writes our figures beside others. A share has its 95 % confidence interval.
func printFigures(out io.Writer, ours, others *evaluate.Figures) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintf(w, "%s\tverbatim\tplain search\n", ours.Set)
	for _, row := range []struct {
		name string
		a, b evaluate.Share
	}{
		{"top-1 sentence", ours.Top1, others.Top1}, {"top-1 passage", ours.PassageTop1, others.PassageTop1}, {"top-3 passage", ours.PassageTop3, others.PassageTop3},
		{"top-1 over all stories", ours.AllTop1, others.AllTop1}, {"top-1 with a typing error", ours.Typo, others.Typo},
		{"answered", ours.Answered, others.Answered}, {"kept", ours.Kept, others.Kept},
		{"off-topic refused", ours.OffRefused, others.OffRefused}, {"unanswerable not answered", ours.NearRefused, others.NearRefused},
	} {
		if row.a.Of > 0 {
			fmt.Fprintf(w, "%s\t%v\t%v\n", row.name, row.a, row.b)
		}
	}
	if ours.AUROC > 0 {
		fmt.Fprintf(w, "adversarial AUROC\t%.3f\t%.3f\n", ours.AUROC, others.AUROC)
	}
	if len(ours.Confidences.OffTopic) > 0 {
		fmt.Fprintf(w, "calibration error\t%.3f\t%.3f\n", ours.CalibrationError, others.CalibrationError)
		for i, bin := range ours.Calibration {
			if bin.Share > 0 {
				low := float64(i) / float64(len(ours.Calibration))
				fmt.Fprintf(w, "confidence %.1f–%.1f\t%.1f %%: %.2f, answered %.2f\t\n", low, low+.1, 100*bin.Share, bin.Confidence, bin.Answered)
			}
		}
	}
	fmt.Fprintf(w, "a question, p50 / p99\t%v / %v\t%v / %v\n", ours.P50, ours.P99, others.P50, others.P99)
	for _, kind := range slices.Sorted(maps.Keys(ours.ByKind)) {
		fmt.Fprintf(w, "top-1, %s\t%v\t%v\n", kind, ours.ByKind[kind], others.ByKind[kind])
	}
	return w.Flush()
}

func checkGolden(ctx context.Context, cmd *cobra.Command, questions []evaluate.Golden, asJSON bool) (wrong int, err error) {
	cfg, err := load(cmd, config.Stories())
	if err != nil {
		return 0, err
	}
	x, err := openIndex(cfg.Stories)
	if err != nil {
		return 0, err
	}
	verdicts, err := evaluate.Check(ctx, x, questions)
	if err := errors.Join(err, x.Close()); err != nil {
		return 0, err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	for _, v := range verdicts {
		mark := "pass"
		if !v.Pass {
			mark, wrong = "FAIL", wrong+1
		}
		if !asJSON {
			fmt.Fprintf(w, "%s\t%s\t%s\n", mark, v.Question, v.Got)
		}
	}
	if asJSON {
		return wrong, json.NewEncoder(os.Stdout).Encode(verdicts)
	}
	fmt.Fprintf(w, "%d of %d passed\n", len(verdicts)-wrong, len(verdicts))
	return wrong, w.Flush()
}
