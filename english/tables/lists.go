package main

import (
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	_ "github.com/trustelem/zxcvbn/frequency" // the module's data folder is read below; the import keeps it in go.mod
)

// maxRarity is where the table of words ends, in nats; english.MaxRarity says why.
const maxRarity = 12.0

// lists are the counts of words in two kinds of English, and the census' names, the most frequent first.
type lists struct {
	written, spoken map[string]float64
	given, sur      []string
}

// readLists reads the data folder of the zxcvbn module.
func readLists() (*lists, error) {
	dir, err := dataFolder()
	if err != nil {
		return nil, err
	}
	l := &lists{written: map[string]float64{}, spoken: map[string]float64{}}
	var male, female []string
	for _, file := range []struct {
		name string
		read func([]string) error
	}{
		{"english_wikipedia.txt", count(l.written)}, {"us_tv_and_film.txt", count(l.spoken)},
		{"male_names.txt", rank(&male)}, {"female_names.txt", rank(&female)}, {"surnames.txt", rank(&l.sur)},
	} {
		if err := eachLine(filepath.Join(dir, file.name), file.read); err != nil {
			return nil, err
		}
	}
	l.given = interleave(male, female)
	return l, nil
}

// dataFolder finds the lists in the module cache: the packages of the module hold only parts of them, without counts.
func dataFolder() (string, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/trustelem/zxcvbn").Output()
	if err != nil {
		return "", fmt.Errorf("find module zxcvbn: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(dir)), "data"), nil
}

// count adds up the counts of a list. Some words stand in it twice, and some behind a quotation mark ("'the", "'ll").
func count(into map[string]float64) func([]string) error {
	return func(f []string) error {
		n, err := strconv.ParseFloat(f[1], 64)
		into[strings.TrimPrefix(f[0], "'")] += n
		return err
	}
}

func rank(into *[]string) func([]string) error {
	return func(f []string) error {
		*into = append(*into, f[0])
		return nil
	}
}

// interleave keeps the rank of a name within its own list: the n-th of each list comes before the n+1-th of either.
func interleave(a, b []string) []string {
	var all []string
	for i := range max(len(a), len(b)) {
		if i < len(a) {
			all = append(all, a[i])
		}
		if i < len(b) {
			all = append(all, b[i])
		}
	}
	return all
}

// rarities gives each word -ln(f/f("the")), where f is the mean of its relative frequencies in written and spoken
// English: stories are written, but people ask in the words that they speak.
func (l *lists) rarities() map[string]float64 {
	written, spoken := share(l.written), share(l.spoken)
	rare := map[string]float64{}
	the := written("the") + spoken("the")
	for _, words := range []map[string]float64{l.written, l.spoken} {
		for word := range words {
			if r := math.Log(the / (written(word) + spoken(word))); isCounted(word) && r < maxRarity {
				rare[word] = max(r, 0)
			}
		}
	}
	return rare
}

func share(counts map[string]float64) func(string) float64 {
	total := 0.0
	for _, n := range counts { // whole numbers below 2⁵³: any order gives the same sum
		total += n
	}
	return func(word string) float64 { return counts[word] / total }
}

// counts says whether a word occurs in one of the counts.
func (l *lists) counts(word string) bool {
	return l.written[word]+l.spoken[word] > 0
}

// isCounted keeps words, single letters, and the contractions of spoken English ("don't").
func isCounted(word string) bool {
	letters := strings.Replace(word, "'", "", 1)
	return isWord(letters) || len(word) == 1 && word[0] >= 'a' && word[0] <= 'z'
}
