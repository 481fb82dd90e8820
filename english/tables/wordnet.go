package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// synset is one meaning and the words for it. Its id is the letter of its part of speech and its offset in the data file.
type synset struct {
	id       string
	file     int      // number of the lexicographer's file: 18 is noun.person
	words    []string // as WordNet spells them: with capitals, and _ for a space
	pointers []pointer
}

// pointer leads to another synset. Lexical ones lead from one word to one word (counted from 1); 0 stands for all words.
type pointer struct {
	symbol   string
	to       string
	from, at int
}

// wordNet is WordNet's database in memory.
type wordNet struct {
	synsets    map[string]*synset
	senses     map[string]map[byte][]string // lower-case lemma → part of speech → synset ids, the most used first
	lower      map[string]bool              // lemmas that are written in lower case in some synset: not names alone
	exceptions map[byte][][2]string         // part of speech → irregular form and its lemma
	tags       map[string]int               // lemma → how often it is tagged in WordNet's texts
	below      map[string]int               // synset id → how many synsets lie below it, as far as they were counted
}

var partsOfSpeech = []struct {
	name string
	pos  byte
}{{"noun", 'n'}, {"verb", 'v'}, {"adj", 'a'}, {"adv", 'r'}}

func readWordNet(dir string) (*wordNet, error) {
	wn := &wordNet{
		synsets: map[string]*synset{}, senses: map[string]map[byte][]string{}, lower: map[string]bool{},
		exceptions: map[byte][][2]string{}, tags: map[string]int{}, below: map[string]int{},
	}
	for _, p := range partsOfSpeech {
		for file, read := range map[string]func(byte, []string) error{
			"data." + p.name: wn.readSynset, "index." + p.name: wn.readSenses, p.name + ".exc": wn.readException,
		} {
			if err := eachLine(filepath.Join(dir, file), func(f []string) error { return read(p.pos, f) }); err != nil {
				return nil, err
			}
		}
		slices.SortFunc(wn.exceptions[p.pos], func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
	}
	return wn, eachLine(filepath.Join(dir, "cntlist.rev"), wn.readTag)
}

// eachLine reads the fields of each line up to the gloss; the licence at a file's head is indented and skipped.
func eachLine(path string, read func(fields []string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line, _, _ := strings.Cut(lines.Text(), " | ")
		if strings.HasPrefix(line, " ") {
			continue
		}
		if err := read(strings.Fields(line)); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return lines.Err()
}

// readSynset reads a line of a data file: offset file pos count {word id} count {symbol offset pos source-target} …
func (wn *wordNet) readSynset(pos byte, f []string) error {
	s := &synset{id: string(pos) + f[0]}
	file, err := strconv.Atoi(f[1])
	if err != nil {
		return err
	}
	s.file = file
	words, err := strconv.ParseInt(f[3], 16, 32)
	if err != nil {
		return err
	}
	f = f[4:]
	for ; words > 0; words-- {
		word, _, _ := strings.Cut(f[0], "(") // adjectives carry a marker: "galore(ip)"
		s.words = append(s.words, word)
		if lower := strings.ToLower(word); lower == word {
			wn.lower[word] = true
		}
		f = f[2:]
	}
	pointers, err := strconv.Atoi(f[0])
	if err != nil {
		return err
	}
	for f = f[1:]; pointers > 0; pointers-- {
		ends, err := strconv.ParseInt(f[3], 16, 32)
		if err != nil {
			return err
		}
		s.pointers = append(s.pointers, pointer{f[0], f[2] + f[1], int(ends >> 8), int(ends & 0xff)})
		f = f[4:]
	}
	wn.synsets[s.id] = s
	return nil
}

// readSenses reads a line of an index file: lemma pos synsets pointers {symbol} senses tagged {offset}.
func (wn *wordNet) readSenses(pos byte, f []string) error {
	n, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	if wn.senses[f[0]] == nil {
		wn.senses[f[0]] = map[byte][]string{}
	}
	for _, offset := range f[len(f)-n:] {
		wn.senses[f[0]][pos] = append(wn.senses[f[0]][pos], string(pos)+offset)
	}
	return nil
}

func (wn *wordNet) readException(pos byte, f []string) error {
	if isWord(f[0]) && isWord(f[1]) {
		wn.exceptions[pos] = append(wn.exceptions[pos], [2]string{f[0], f[1]})
	}
	return nil
}

// readTag reads a line of cntlist.rev: the key of a sense, its number and how often it is tagged.
func (wn *wordNet) readTag(f []string) error {
	n, err := strconv.Atoi(f[2])
	lemma, _, _ := strings.Cut(f[0], "%")
	wn.tags[lemma] += n
	return err
}

// nouns gives the single words that are nouns and occur, they or their plurals, in one of the counts; sorted.
func (wn *wordNet) nouns(l *lists) []string {
	var nouns []string
	for lemma, senses := range wn.senses {
		if isWord(lemma) && len(senses['n']) > 0 && (l.counts(lemma) || l.counts(lemma+"s")) {
			nouns = append(nouns, lemma)
		}
	}
	slices.Sort(nouns)
	return nouns
}

// kinds counts the synsets below one.
func (wn *wordNet) kinds(id string) int {
	n, counted := wn.below[id]
	if counted {
		return n
	}
	for _, p := range wn.synsets[id].pointers {
		if p.symbol == "~" || p.symbol == "~i" {
			n += 1 + wn.kinds(p.to)
		}
	}
	wn.below[id] = n
	return n
}

// isWord says whether a lemma is one folded word: the only kind that a reader of a text comes by.
func isWord(lemma string) bool {
	return len(lemma) > 1 && strings.Trim(lemma, "abcdefghijklmnopqrstuvwxyz") == ""
}
