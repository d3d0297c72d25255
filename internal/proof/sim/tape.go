package sim

import "rejoin/internal/proof/sim/client"

// Trace is what went into one device's client and what came out of it, so that the browser's own can be held to be the
// same machine.
type Trace struct {
	Seed    uint64    `json:"seed"`
	Device  string    `json:"device"`
	Side    string    `json:"side"`
	Who     string    `json:"who"`
	Moments []*Moment `json:"moments"`
}

// Moment is one input, and what the client did, drew and showed because of it. Times are ms since the epoch.
type Moment struct {
	At    int64      `json:"at"`
	Shown bool       `json:"shown"` // the page is on the user's screen
	In    []any      `json:"in"`    // its name and arguments
	Drew  [][2]int64 `json:"drew"`  // below what, and the number
	Out   [][]any    `json:"out"`   // each with its name and arguments
	Due   int64      `json:"due"`   // when the client wants to be woken; 0: never
	Line  string     `json:"line"`
	Rooms []roomView `json:"rooms"` // the customer's present one; all of an agent's
	Queue []string   `json:"queue"`
	Error string     `json:"error"` // of the last command that failed
}

type roomView struct {
	ID     string  `json:"id"`
	Rev    int64   `json:"rev"`
	Status string  `json:"status"`
	Mine   bool    `json:"mine"`
	Online bool    `json:"online"`
	Held   []int64 `json:"held"`
}

// tape stands between a device and its client, and writes down what passes. None writes nothing.
type tape struct {
	*device
	moments []*Moment
	now     *Moment // under way
	sockets int
	due     int64
}

// Traces simulates one seed and returns what its devices' clients went through.
func (c *Crowd) Traces(seed uint64) []Trace {
	w := c.world(seed, chosen(seed), &Tally{})
	for _, d := range w.devices {
		if d.raw == nil {
			d.tape = &tape{device: d}
		}
	}
	simulate(w)
	var traces []Trace
	for _, d := range w.devices {
		if d.tape != nil && len(d.tape.moments) > 0 {
			p := d.person
			traces = append(traces, Trace{Seed: seed, Device: d.name, Side: string(p.side), Who: string(p.id), Moments: d.tape.moments})
		}
	}
	return traces
}

// ends is what a client of this device is given.
func (d *device) ends() (client.Effects, client.Report) {
	if d.tape != nil {
		return d.tape, d.tape
	}
	return d, d
}

func (t *tape) begin(what string, args ...any) {
	if t == nil {
		return
	}
	t.now = &Moment{At: t.Now(), Shown: t.Visible(), In: append([]any{what}, args...), Drew: [][2]int64{}, Out: [][]any{}}
}

func (t *tape) end() {
	if t == nil {
		return
	}
	m := t.now
	m.Due, m.Queue, m.Rooms = t.due, []string{}, []roomView{}
	if t.on {
		m.Line = lineNames()[t.state()]
	}
	if t.agent != nil {
		m.Queue, m.Error = append(m.Queue, t.agent.Queue()...), t.agent.LastError()
	}
	for _, r := range t.rooms() {
		if r.Room != nil && (t.agent != nil || r.ID == t.customer.Present()) {
			m.Rooms = append(m.Rooms, view(r))
		}
	}
	t.moments, t.now = append(t.moments, m), nil
}

func lineNames() map[client.LineState]string {
	return map[client.LineState]string{
		client.Idle: "idle", client.Connecting: "connecting", client.OpenState: "open", client.Lost: "lost", client.ReplacedState: "replaced", client.RefusedState: "refused",
	}
}

func view(r *client.Thread) roomView {
	v := roomView{ID: r.ID, Rev: r.Room.Rev, Status: r.Room.Status, Mine: r.Mine, Online: r.Online, Held: []int64{}}
	for seq := int64(1); seq <= r.Top; seq++ {
		if _, held := r.Message(seq); held {
			v.Held = append(v.Held, seq)
		}
	}
	return v
}

func (t *tape) did(what string, args ...any) {
	t.now.Out = append(t.now.Out, append([]any{what}, args...))
}

// Rand implements client.Effects.
func (t *tape) Rand(n int64) int64 {
	drawn := t.device.Rand(n)
	t.now.Drew = append(t.now.Drew, [2]int64{n, drawn})
	return drawn
}

// After implements client.Effects. A client has one timer at a time.
func (t *tape) After(ms int64, do func()) func() {
	t.due = t.Now() + ms
	cancel := t.device.After(ms, func() {
		t.due = 0
		t.begin("timer")
		do()
		t.end()
	})
	return func() {
		t.due = 0
		cancel()
	}
}

// Dial implements client.Effects.
func (t *tape) Dial(e client.SocketEvents) client.Socket {
	t.sockets++
	t.did("dial", t.sockets)
	return &tapedSocket{tape: t, n: t.sockets, Socket: t.device.Dial(&tapedEvents{tape: t, n: t.sockets, inner: e})}
}

// Acked implements client.Report.
func (t *tape) Acked(key, room string, no int, seq, at int64) {
	t.did("acked", key, room, seq)
	t.device.Acked(key, room, no, seq, at)
}

// Failed implements client.Report.
func (t *tape) Failed(key, room, code string) {
	t.did("failed", key, room)
	t.device.Failed(key, room, code)
}

type tapedSocket struct {
	client.Socket
	tape *tape
	n    int
}

// Send implements client.Socket.
func (s *tapedSocket) Send(body []byte) {
	s.tape.did("send", s.n, string(body))
	s.Socket.Send(body)
}

// Close implements client.Socket.
func (s *tapedSocket) Close() {
	s.tape.did("close", s.n)
	s.Socket.Close()
}

type tapedEvents struct {
	tape  *tape
	n     int
	inner client.SocketEvents
}

// Opened implements client.SocketEvents.
func (e *tapedEvents) Opened() { e.event("opened", e.inner.Opened, e.n) }

// Frame implements client.SocketEvents.
func (e *tapedEvents) Frame(body []byte) {
	e.event("frame", func() { e.inner.Frame(body) }, e.n, string(body))
}

// Closed implements client.SocketEvents.
func (e *tapedEvents) Closed() { e.event("closed", e.inner.Closed, e.n) }

func (e *tapedEvents) event(what string, happen func(), args ...any) {
	e.tape.begin(what, args...)
	happen()
	e.tape.end()
}

func words(args []string) []any {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
	}
	return all
}
