package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"verbatim/evaluate"
	"verbatim/index"
	"verbatim/train"
)

func newTrain() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train FILE…",
		Short: "Fit the weights of the ranking to files of questions",
		Long: `Fits the weights that rank and judge to files in the format of SQuAD 2.0 or SelQA, and prints
figures cross-validated by story: each question is answered by weights that were fitted without
its story. The same files give the same weights.

The weights become part of the program when it is built:

  verbatim train --out index/weights.json squad.json selqa.json`,
		Args: cobra.MinimumNArgs(1),
	}
	out := cmd.Flags().String("out", "", "write the weights to this `FILE`")
	picture := cmd.Flags().String("picture", "", "draw to this `FILE`, as SVG, what is kept and refused of the first set")
	ablate := cmd.Flags().Bool("ablate", false, "only print what groups of features and the number of stories are worth")
	cmd.RunE = does(func(ctx context.Context, _ *cobra.Command, files []string) error {
		var sets []*evaluate.Set
		for _, file := range files {
			set, err := evaluate.Read(file)
			if err != nil {
				return &unusable{err}
			}
			sets = append(sets, set)
		}
		if *ablate {
			return printAblation(ctx, sets)
		}
		result, err := train.Train(ctx, sets, func(step string) { fmt.Fprintln(os.Stderr, step+" …") })
		if err != nil {
			return err
		}
		for i, set := range sets {
			figures, err := crossValidated(ctx, set, result)
			if err != nil {
				return err
			}
			if i == 0 && *picture != "" {
				if err := draw(*picture, figures); err != nil {
					return err
				}
			}
		}
		if *out == "" {
			return nil
		}
		return writeWeights(*out, result.Model)
	})
	return cmd
}

// printAblation prints a row as each variant of the ranking is measured, with what its features or stories are worth.
func printAblation(ctx context.Context, sets []*evaluate.Set) error {
	fmt.Printf("%-35s", "top-1, passage top-1 and top-3")
	for _, set := range sets {
		fmt.Printf("  %-18s", set.Name)
	}
	fmt.Println()
	return train.Ablate(ctx, sets, func(v train.Variant) {
		fmt.Printf("%-35s", v.Name)
		for _, f := range v.Sets {
			fmt.Printf("  %4.1f  %4.1f  %5.1f ", f.Top1.Percent(), f.PassageTop1.Percent(), f.PassageTop3.Percent())
		}
		fmt.Println()
	})
}

// crossValidated prints the figures of a set beside those of plain search.
func crossValidated(ctx context.Context, set *evaluate.Set, result *train.Result) (*evaluate.Figures, error) {
	ours, err := measure(ctx, set, result.System)
	if err != nil {
		return nil, err
	}
	plain, err := measure(ctx, set, evaluate.Baseline)
	if err != nil {
		return nil, err
	}
	if err := printFigures(os.Stdout, ours, plain); err != nil {
		return nil, err
	}
	fmt.Println()
	return ours, nil
}

// draw writes the picture of a set's figures.
func draw(file string, f *evaluate.Figures) error {
	var b bytes.Buffer
	if err := evaluate.Picture(&b, f); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

func writeWeights(file string, m *index.Model) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o644)
}
