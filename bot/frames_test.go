package bot

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// frames is what a server sends first: the HTTP answer, HELLO, a long text, an invalid session,
// and a close frame.
func frames() []byte {
	frame := func(op byte, payload string) []byte {
		if len(payload) < 126 {
			return append([]byte{0x80 | op, byte(len(payload))}, payload...)
		}
		return append([]byte{0x80 | op, 126, byte(len(payload) >> 8), byte(len(payload))}, payload...)
	}
	all := []byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
	all = append(all, frame(opText, `{"op":10,"d":{"heartbeat_interval":41250}}`)...)
	all = append(all, frame(opText, strings.Repeat("x", 3000))...)
	all = append(all, frame(opText, `{"op":9,"d":false}`)...)
	all = append(all, frame(opText, `{"t":null,"s":null,"op":7,"d":null}`)...)
	all = append(all, frame(opText, `{"op":9,"d":true}`)...)
	all = append(all, frame(opText, `{"op":0,"t":"MESSAGE_CREATE","d":{}}`)...)
	return append(all, frame(opClose, "\x0f\xae")...)
}

func TestFrameReader_follows_frames_however_they_are_cut(t *testing.T) {
	t.Parallel()
	stream := frames()
	for size := 1; size <= len(stream); size += 7 {
		var got []packet
		code := 0
		r := frameReader{packet: func(p packet) bool { got = append(got, p); return false }, closed: func(c int) { code = c }}
		for at := 0; at < len(stream); at += size {
			r.read(stream[at:min(at+size, len(stream))])
		}
		want := []packet{{op: opHello, heartbeat: 41250 * time.Millisecond}, {op: opInvalid}, {op: opReconnect}, {op: opInvalid, resumable: true}}
		if !slices.Equal(got, want) || code != 4014 {
			t.Fatalf("in pieces of %d: %v, code %d", size, got, code)
		}
	}
}

func TestFrameReader_tells_what_stands_before_the_last_frame(t *testing.T) {
	t.Parallel()
	stream := frames()
	const told = `{"t":null,"s":null,"op":7,"d":null}`
	last := strings.Index(string(stream), told) - 2
	for size := 1; size <= len(stream); size += 7 {
		before := 0
		r := frameReader{packet: func(p packet) bool { return p.op == opReconnect }, closed: func(int) { t.Error("read on") }}
		for at := 0; at < len(stream); at += size {
			before += r.read(stream[at:min(at+size, len(stream))])
		}
		if before < last || before >= last+2+len(told) { // pieces of the frame itself had to be handed on
			t.Errorf("in pieces of %d: %d bytes before, want %d", size, before, last)
		}
	}
}

func FuzzFrameReader(f *testing.F) {
	f.Add(frames())
	f.Fuzz(func(t *testing.T, p []byte) {
		r := frameReader{packet: func(packet) bool { return false }, closed: func(int) {}, upgraded: true}
		r.read(p)
		if len(r.buffer) > mostPacket+14 {
			t.Errorf("%d bytes are kept", len(r.buffer))
		}
	})
}
