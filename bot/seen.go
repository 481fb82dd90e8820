package bot

// seen remembers the events handled: Discord sends some twice around a RESUME.
type seen struct{ *bounded[string, struct{}] }

const mostSeen = 4096

func newSeen() *seen { return &seen{newBounded[string, struct{}](mostSeen)} }

// before notes an event, and reports whether it came before.
func (s *seen) before(id string) bool {
	_, found := s.get(id, func() struct{} { return struct{}{} })
	return found
}
