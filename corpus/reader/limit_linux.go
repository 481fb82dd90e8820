package reader

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// limitProcess limits what this process may use, its processor time to so much. RLIMIT_DATA counts
// what a process can write to: RLIMIT_AS would also count the addresses that Go reserves and never
// uses. At the soft limit of RLIMIT_CPU it says so and ends; the hard one is there if it cannot.
func limitProcess(processor time.Duration) error {
	// The first to go where memory is short, and the last to be given the processor.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10)
	late := make(chan os.Signal, 1)
	signal.Notify(late, syscall.SIGXCPU)
	go func() {
		<-late
		fmt.Fprintln(os.Stderr, outOfTime)
		os.Exit(1)
	}()
	seconds := uint64(processor / time.Second)
	for limit, most := range map[int]syscall.Rlimit{
		syscall.RLIMIT_DATA: {Cur: maxMemory, Max: maxMemory},
		syscall.RLIMIT_CPU:  {Cur: seconds, Max: seconds + 5},
		syscall.RLIMIT_CORE: {},
	} {
		if err := syscall.Setrlimit(limit, &most); err != nil {
			return fmt.Errorf("reader: limiting the process: %w", err)
		}
	}
	return nil
}
