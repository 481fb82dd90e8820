package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// marshalNamed writes values as an object, in the order of their names' list and without zeros,
// so that a changed weight is a changed line.
func marshalNamed(values []float32, names []string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, v := range values {
		if v == 0 {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", names[i], strconv.FormatFloat(float64(v), 'g', 4, 32))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func unmarshalNamed(raw []byte, values []float32, names []string) error {
	var named map[string]float32
	if err := json.Unmarshal(raw, &named); err != nil {
		return err
	}
	for name, v := range named {
		i := slices.Index(names, name)
		if i < 0 {
			return fmt.Errorf("no feature is called %q", name)
		}
		values[i] = v
	}
	return nil
}
