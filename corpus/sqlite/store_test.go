package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"verbatim/library"
	"verbatim/library/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Test(t, func(t *testing.T) func() library.Store {
		path := filepath.Join(t.TempDir(), "a folder %41?#", "library.db")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		return func() library.Store {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	})
}
