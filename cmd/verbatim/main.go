// Verbatim answers questions by quoting stories word for word: on a terminal, in a
// pipe and, with `verbatim serve`, in Discord.
//
// There is one file a command. What a command prints is in print.go and wrap.go; how it
// ends is in exit.go.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:]))
}
