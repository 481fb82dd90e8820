package reader

import (
	"fmt"
	"os"
	"syscall"
)

// maxProcessor is how many seconds of processor time a process may use that reads one file:
// more than maxTime on two cores. It ends the process where its parent is gone.
const maxProcessor = 60

// limitProcess limits what this process may use. RLIMIT_DATA counts what a process can write to:
// RLIMIT_AS would also count the addresses that Go reserves and never uses.
func limitProcess() error {
	// The first to go where memory is short, and the last to be given the processor.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10)
	for limit, most := range map[int]uint64{syscall.RLIMIT_DATA: maxMemory, syscall.RLIMIT_CPU: maxProcessor, syscall.RLIMIT_CORE: 0} {
		if err := syscall.Setrlimit(limit, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("reader: limiting the process: %w", err)
		}
	}
	return nil
}
