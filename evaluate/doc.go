// Package evaluate measures how well an index answers: which sentence comes first, and when
// it is silent.
//
// It reads question files in the formats of SQuAD 2.0, of SelQA, and of golden questions that
// people write for their own stories (see questions.go), asks an index, and counts (see
// figures.go) as docs/ranking.md defines. The plain full-text search that the figures are
// compared with is in baseline.go.
package evaluate
