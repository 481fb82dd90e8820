// Package verbatim_test checks what holds for the repository as a whole.
package verbatim_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "verbatim"

// arrows says which of our packages each package may import, outside of its tests. Those
// under cmd tie the others together and may import all but discordtest.
var arrows = map[string][]string{
	"corpus":               {},
	"corpus/reader":        {"corpus", "corpus/stories"},
	"corpus/stories":       {},
	"corpus/web":           {"corpus"},
	"corpus/sqlite":        {"corpus"},
	"library":              {"corpus", "index"},
	"library/storetest":    {"corpus", "library"},
	"english":              {},
	"english/tables":       {"english"},
	"index":                {"corpus", "english"},
	"index/sizes":          {"corpus", "english", "index"},
	"bot":                  {"corpus"},
	"bot/discordtest":      {},
	"bot/discordtest/load": {"bot/discordtest"},
	"config":               {},
	"evaluate":             {"corpus", "index"},
	"train":                {"corpus", "english", "evaluate", "index"},
	"cmd/verbatim":         {"bot", "config", "corpus", "corpus/reader", "corpus/sqlite", "corpus/web", "evaluate", "index", "library", "train"},
}

// TestArrows enforces who may import whom. A package that is not in the map fails it, so
// that a new one is given its place.
func TestArrows(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && file != "." && (name == "testdata" || name == "vendor" || name[0] == '.' || name[0] == '_'):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		seen++
		checkFile(t, filepath.ToSlash(file))
		return nil
	})
	if err != nil || seen == 0 {
		t.Fatalf("%d files looked at: %v", seen, err)
	}
}

func checkFile(t *testing.T, file string) {
	from := path.Dir(file)
	allowed, known := arrows[from]
	if !known && from != "." {
		t.Errorf("%s: the package %s is not in the map of arrows_test.go", file, from)
	}
	for _, to := range imports(t, file) {
		if strings.HasSuffix(file, "_test.go") {
			allowed = append(slices.Clone(allowed), forTests(from)...)
		}
		if !slices.Contains(allowed, to) {
			t.Errorf("%s imports %s, and may not: %s may import %v", file, to, from, allowed)
		}
	}
}

// forTests are the packages that only tests may import. Even there bot and index never meet.
func forTests(from string) []string {
	return []string{from, "corpus", "corpus/reader", "corpus/sqlite", "bot/discordtest", "evaluate", "library", "library/storetest"}
}

// imports are those of our own packages that a file imports.
func imports(t *testing.T, file string) (out []string) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(name, module+"/"); ok {
			out = append(out, ours)
		}
	}
	return out
}

// TestFaultTable finds each test that docs/operations.md names.
func TestFaultTable(t *testing.T) {
	raw, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		folder := ""
		for _, word := range strings.FieldsFunc(cells[3], func(r rune) bool { return r == ' ' || r == ',' }) {
			switch {
			case strings.HasPrefix(word, "`"):
				folder = strings.Trim(word, "`")
			case strings.HasPrefix(word, "Test"):
				found++
				if !hasTest(t, folder, word) {
					t.Errorf("docs/operations.md names %s, which is not in %s", word, folder)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("%d tests are named", found)
	}
}

func hasTest(t *testing.T, folder, name string) bool {
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		raw, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(raw), "func "+name+"(")
	})
}
