// Command tables writes english/words.bin, the tables that package english looks words up in.
//
//	go run ./english/tables -wordnet DIR -out english/words.bin
//
// DIR is the dict folder of WordNet 3.0 (package wordnet-base of Debian). The word counts and the census' names come
// with the module github.com/trustelem/zxcvbn. The same sources give the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	dir := flag.String("wordnet", "/usr/share/wordnet", "dict `folder` of WordNet 3.0")
	out := flag.String("out", "english/words.bin", "`file` to write")
	flag.Parse()
	if err := run(*dir, *out); err != nil {
		fmt.Fprintln(os.Stderr, "tables:", err)
		os.Exit(1)
	}
}

func run(dir, out string) error {
	wn, err := readWordNet(dir)
	if err != nil {
		return err
	}
	lists, err := readLists()
	if err != nil {
		return err
	}
	nouns := wn.nouns(lists)
	rare := lists.rarities()
	addRecent(rare)
	irregular := irregulars(wn, rare)
	stem := stemmer{irregular.stems}
	sections := irregular.sections()
	sections = append(sections, wordSections(wn, nouns, rare, namesOf(wn, lists, rare), irregular)...)
	sections = append(sections, relationSections(wn, rare, stem, irregular)...)
	nicknames, at := keys(wn.nicknamesOf(lists))
	sections = append(sections, synsetSection(wn, nouns), nicknames, at)
	return os.WriteFile(out, pack(sections), 0o644)
}
