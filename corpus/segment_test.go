package corpus

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func split(text string) (out []string) {
	for _, s := range sentences(text, Span{0, len(text)}) {
		out = append(out, text[s.Start:s.End])
	}
	return out
}

// A bar marks where sentences end.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, marked := range []string{
		"One sentence.|Another one!|A third?",
		"It paid $14.3 billion for 2.5 percent.|That was much.",
		"Mr. Cox met Dr. Lind on St. Mary's quay.|They spoke.",
		"J. R. R. Tolkien wrote it.|John F. Kennedy read it.",
		"They read W. E. B. Du Bois.|He wrote it.",
		"The U.S. Army left.|It came back to the U.S.|The rest stayed.",
		"They met at 9 a.m. on Monday.|At 5 p.m. they left.",
		"It was no. 5 of vol. 3, see fig. 2 and p. 12.|Nothing more.",
		"Berries, e.g. currants, i.e. red ones, are sour.|Pears etc. are sweet.",
		"The yard sold it to Petrel Inc.|The price was low.",
		"Lind et al. (1987) counted gannets.|Nine of them.",
		"Wait... what?|He waited … and left.",
		"Yahoo! was large.|It is not.",
		"After World War I. The end.",
		"“We lost.”|That was all she said.",
		"“Did we lose?” asked Lind.|Nobody knew.",
		"He left (the door was open.)|She stayed.",
		"1. The keeper counts the boats.",
		"Finn (c. 1500 – d. 1560) built it.|It stands.",
		"Vitamin C. It helps.",
		"It stood there in 1920.[citation needed]|A new one was built.[3][4]|It stands.",
		"“It stands.”[a]|Who [sic] says so?",
		"The list [see below] Ends here.",
		"A heading without an end",
		"A line that\nis wrapped ends here.|The next\r\nbegins.",
	} {
		marked = strings.Replace(marked, "War I. The", "War I.|The", 1)
		marked = strings.Replace(marked, "Vitamin C. It", "Vitamin C.|It", 1)
		want := strings.Split(marked, "|")
		if diff := cmp.Diff(want, split(strings.ReplaceAll(marked, "|", " "))); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"One. Two.", "Mr. J. Cox. U.S. of A.", "a\n\nb.\r\nc", "…", "x.\u2028Y", "\xff. A", ") ) )."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		at := 0
		for _, s := range sentences(text, Span{0, len(text)}) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%q: %v after %d", text, s, at)
			}
			if gap := text[at:s.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
				t.Fatalf("%q: %q is in no sentence", text, gap)
			}
			at = s.End
		}
		if strings.TrimFunc(text[at:], unicode.IsSpace) != "" {
			t.Fatalf("%q: %q is in no sentence", text, text[at:])
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat("The council chose Mara Lind, 34, as harbour master on 3 May. Two of the U.S. members abstained. ", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		sentences(text, Span{0, len(text)})
	}
}
