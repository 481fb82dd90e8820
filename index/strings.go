package index

// stringTable numbers strings, each once, in the order of their coming. It is three flat arrays:
// the strings, where each ends, and a hash table with open addressing.
type stringTable struct {
	bytes []byte
	ends  []uint32
	slots []uint32 // number + 1, or 0; a power of two, at most two thirds full
}

func (t *stringTable) len() int { return len(t.ends) }

// at is the string of a number. It lies in the table.
func (t *stringTable) at(i uint32) string { return stringOf(t.bytesAt(i)) }

func (t *stringTable) bytesAt(i uint32) []byte {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.bytes[from:t.ends[i]]
}

// find is the number of a string.
func (t *stringTable) find(s string) (number uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	number, ok, _ = t.probe(s)
	return number, ok
}

// probe finds a string, or the slot where it belongs.
func (t *stringTable) probe(s string) (number uint32, ok bool, slot uint32) {
	mask := uint32(len(t.slots) - 1)
	for slot = hash(s) & mask; t.slots[slot] != 0; slot = (slot + 1) & mask {
		if n := t.slots[slot] - 1; t.at(n) == s {
			return n, true, slot
		}
	}
	return 0, false, slot
}

// add numbers a string that may have been there before.
func (t *stringTable) add(s string) (number uint32, added bool) {
	if 3*(len(t.ends)+1) > 2*len(t.slots) {
		t.grow()
	}
	number, ok, slot := t.probe(s)
	if ok {
		return number, false
	}
	number = uint32(len(t.ends))
	t.bytes = append(t.bytes, s...)
	t.ends = append(t.ends, uint32(len(t.bytes)))
	t.slots[slot] = number + 1
	return number, true
}

func (t *stringTable) grow() {
	t.slots = make([]uint32, max(16, 2*len(t.slots)))
	mask := uint32(len(t.slots) - 1)
	for i := range t.ends {
		slot := hash(t.at(uint32(i))) & mask
		for t.slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		t.slots[slot] = uint32(i) + 1
	}
}

// hash is FNV-1a (Fowler, Noll and Vo), its high bits folded in, since the low ones choose.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}
