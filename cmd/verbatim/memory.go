package main

import (
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

// limitMemory makes the garbage collector work harder before the container's limit is
// reached, where Go does not know of that by itself. It returns the limit, or 0 where
// there is none or GOMEMLIMIT has set one.
func limitMemory() int64 {
	most := containerMemory(os.ReadFile)
	if most == 0 || os.Getenv("GOMEMLIMIT") != "" {
		return 0
	}
	most = most / 10 * 9 // the rest is for what Go does not count, such as mapped index files
	debug.SetMemoryLimit(most)
	return most
}

// containerMemory is the smallest limit of the control groups that this process is in, or 0.
func containerMemory(read func(string) ([]byte, error)) int64 {
	const mount = "/sys/fs/cgroup"
	const unlimited = 1 << 60 // version 1 has no word for it, but a number near 1<<63
	least := int64(unlimited)
	limit := func(file string) {
		raw, err := read(file)
		if n, bad := strconv.ParseInt(strings.TrimSpace(string(raw)), 10, 64); err == nil && bad == nil {
			least = min(least, n)
		}
	}
	limit(path.Join(mount, "memory", "memory.limit_in_bytes")) // version 1, seen from within the container
	self, _ := read("/proc/self/cgroup")
	group := "/"
	for line := range strings.Lines(string(self)) {
		if p, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
			group = path.Clean("/" + p)
		}
	}
	for ; ; group = path.Dir(group) {
		limit(path.Join(mount, group, "memory.max"))
		if group == "/" {
			break
		}
	}
	if least == unlimited {
		return 0
	}
	return least
}
