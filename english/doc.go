// Package english holds what Verbatim knows of the English language, as small tables and fast look-ups:
//
//   - [Stem] takes inflections off: "hired", "hires" and "hiring" meet in one stem, and so do "wrote" and "write".
//   - [Rarity] says how much a word tells: little for "the", much for "tungsten".
//   - [GivenName] and [Surname] know the names of people, [Nickname] which are forms of one: "bill" and "william".
//   - [Related] and [Phrases] lead to other words for the same thing: "hire" to "employ", "ceo" to "chief executive officer".
//   - [Verb] knows verbs of several words, which have relations too: "step down" leads to "resign".
//   - [Senses], [ClassOf] and [CoarseOf] say what kind of thing a noun is: a subsidiary is a company, Paris a city and a place.
//
// Words come in as folded lower-case forms, or as stems where a function says so. Any string may come in: what the tables
// do not know has no relations and no senses, and the greatest rarity. Every function gives the same result each time,
// and may be called by many goroutines at once.
//
// The tables are one file, words.bin, embedded and used in place: nothing is read, unpacked or built at start-up. The
// package does not know context: "left" is the same word in "on the left" and in "he left".
//
// # Where the tables come from
//
// The tables are made by
//
//	go run ./english/tables -wordnet /usr/share/wordnet -out english/words.bin
//
// from WordNet 3.0 by Princeton University (its licence is in LICENSE-WordNet; the folder is that of Debian's package
// wordnet-base), and from the lists that come with the module github.com/trustelem/zxcvbn (MIT licence): counts of words
// in the English Wikipedia and in the subtitles of American films and television, and the names of the census of 1990.
// Words that came up after these (tables/recent.go), everyday verbs of several words (tables/idioms.go) and familiar short
// names (tables/nicknames.go) are our own lists.
//
// To find the way in: table.go is how anything is looked up, tables/main.go how it got there, and english_test.go what to
// expect.
package english
