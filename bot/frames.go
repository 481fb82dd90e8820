package bot

import (
	"encoding/binary"
	"encoding/json"
	"time"
)

// packet is one of those that Discord's gateway sends beside events.
type packet struct {
	op        int
	heartbeat time.Duration // of HELLO
	resumable bool          // of an invalid session
}

// The opcodes that matter here.
const (
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// frameReader follows the frames of a websocket (RFC 6455, section 5.2) as a server sends them,
// after the HTTP answer, and tells of the packets in them that are no events, and of the close
// frame, which is the last.
type frameReader struct {
	packet func(packet) (last bool) // nothing after it is to be read
	closed func(code int)

	upgraded bool
	ended    bool   // the last frame came
	line     int    // length of the header line being read
	buffer   []byte // what is not understood yet
	skip     int    // bytes of a payload that is not looked at
	ignore   bool   // something was not as expected: look no more
}

// The opcodes of frames.
const (
	opText  = 1
	opClose = 8
)

// mostPacket is how long a packet that is no event may be; HELLO, the longest, has 130 bytes.
const mostPacket = 512

// read follows what came, and returns how much of it stands before the last frame: all, while that
// has not come.
func (r *frameReader) read(p []byte) (before int) {
	all := len(p)
	for len(p) > 0 && !r.upgraded {
		p = r.header(p)
	}
	for len(p) > 0 && !r.ignore && !r.ended {
		if r.skip > 0 {
			n := min(r.skip, len(p))
			r.skip, p = r.skip-n, p[n:]
			continue
		}
		if len(r.buffer) == 0 {
			before = all - len(p) // a frame begins
		}
		r.buffer = append(r.buffer, p[0])
		p = p[1:]
		r.frame()
	}
	if !r.ended {
		return all
	}
	return before
}

// header steps over the HTTP answer, which ends with an empty line.
func (r *frameReader) header(p []byte) []byte {
	switch p[0] {
	case '\n':
		r.upgraded = r.line == 0
		r.line = 0
	case '\r':
	default:
		r.line++
	}
	return p[1:]
}

// frame looks at the bytes read so far, and at the whole frame once it is there.
func (r *frameReader) frame() {
	head, length, ok := frameHead(r.buffer)
	if !ok {
		return
	}
	opcode := r.buffer[0] & 0x0f
	switch {
	case r.buffer[1]&0x80 != 0: // a server never masks
		r.ignore = true
	case opcode != opText && opcode != opClose || length > mostPacket:
		r.skip, r.buffer = length, r.buffer[:0]
	case len(r.buffer) == head+length:
		r.payload(opcode, r.buffer[head:])
		r.buffer = r.buffer[:0]
	}
}

// frameHead returns the length of a frame's header and of its payload, once they can be told.
func frameHead(b []byte) (head, length int, ok bool) {
	if len(b) < 2 {
		return 0, 0, false
	}
	switch n := int(b[1] & 0x7f); {
	case n < 126:
		return 2, n, true
	case n == 126 && len(b) >= 4:
		return 4, int(binary.BigEndian.Uint16(b[2:])), true
	case n == 127 && len(b) >= 10:
		return 10, int(binary.BigEndian.Uint64(b[2:]) & (1<<40 - 1)), true
	}
	return 0, 0, false
}

func (r *frameReader) payload(opcode byte, p []byte) {
	if opcode == opClose {
		code := 0
		if len(p) >= 2 {
			code = int(binary.BigEndian.Uint16(p))
		}
		r.closed(code)
		r.ended = true
		return
	}
	var said struct {
		Op int             `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if json.Unmarshal(p, &said) != nil || said.Op == 0 {
		return
	}
	out := packet{op: said.Op}
	switch said.Op {
	case opHello:
		var hello struct {
			HeartbeatInterval int `json:"heartbeat_interval"` // milliseconds
		}
		if json.Unmarshal(said.D, &hello) != nil || hello.HeartbeatInterval <= 0 {
			return
		}
		out.heartbeat = time.Duration(hello.HeartbeatInterval) * time.Millisecond
	case opInvalid:
		out.resumable = string(said.D) == "true"
	}
	r.ended = r.packet(out)
}
