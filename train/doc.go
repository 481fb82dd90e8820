// Package train fits the weights that package index ranks and judges by.
//
// It asks an index all questions of the sets given (gather.go), fits the ranking by a listwise
// softmax (fit.go), makes questions that a story does not answer although it speaks of their
// names (near.go), and fits the models of support to all of them (support.go). What it reports
// is cross-validated by story: each question is judged by a model that saw neither its story
// nor, for the made ones, the story whose questions they were made of (train.go).
package train
