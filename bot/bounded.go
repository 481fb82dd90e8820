package bot

import "sync"

// bounded is a map that forgets its oldest entries, so that it never grows beyond a size.
type bounded[K comparable, V any] struct {
	most  int
	mu    sync.Mutex
	items map[K]V
	order []K // oldest first
}

func newBounded[K comparable, V any](most int) *bounded[K, V] {
	return &bounded[K, V]{most: most, items: map[K]V{}}
}

// get returns the value of a key; one that is missing is made and kept.
func (b *bounded[K, V]) get(k K, make func() V) (v V, found bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, found = b.items[k]
	if !found && make != nil {
		v = make()
		b.put(k, v)
	}
	return v, found
}

func (b *bounded[K, V]) set(k K, v V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(k, v)
}

func (b *bounded[K, V]) put(k K, v V) {
	if _, found := b.items[k]; !found {
		b.order = append(b.order, k)
	}
	b.items[k] = v
	for len(b.order) > b.most {
		delete(b.items, b.order[0])
		b.order = b.order[1:]
	}
}
