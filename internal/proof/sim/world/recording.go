package world

import "rejoin/internal/proof/sim/client"

// Trace is the input and output of one device's client. A test feeds the input to the browser's client and compares.
type Trace struct {
	Seed    uint64    `json:"seed"`
	Device  string    `json:"device"`
	Side    string    `json:"side"`
	Who     string    `json:"who"`
	Moments []*Moment `json:"moments"`
}

// Moment is one input, and the client's output, random numbers and state after it. Times are ms since the epoch.
type Moment struct {
	At    int64      `json:"at"`
	Shown bool       `json:"shown"` // the page is on the user's screen
	In    []any      `json:"in"`    // its name and arguments
	Drew  [][2]int64 `json:"drew"`  // the bound and the number drawn
	Out   [][]any    `json:"out"`   // each with its name and arguments
	Due   int64      `json:"due"`   // when the client wants to be woken; 0: never
	Line  string     `json:"line"`
	Rooms []roomView `json:"rooms"` // a customer's current room, or all rooms of an agent
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

// recorder stands between a device and its client, and records what passes. A nil recorder records nothing.
type recorder struct {
	*device
	moments []*Moment
	now     *Moment // the one being recorded
	sockets int
	due     int64
}

// Traces simulates one seed and returns the traces of its devices.
func (f *Fixture) Traces(seed uint64) []Trace {
	w := f.world(seed, choicesOf(seed), &Counts{})
	for _, d := range w.devices {
		if d.program == nil {
			d.recorder = &recorder{device: d}
		}
	}
	w.run()
	var traces []Trace
	for _, d := range w.devices {
		if d.recorder != nil && len(d.recorder.moments) > 0 {
			p := d.Person
			traces = append(traces, Trace{Seed: seed, Device: d.Name, Side: string(p.Side), Who: string(p.ID), Moments: d.recorder.moments})
		}
	}
	return traces
}

// interfaces returns what the device's client depends on.
func (d *device) interfaces() (client.Effects, client.Report) {
	if d.recorder != nil {
		return d.recorder, d.recorder
	}
	return d, d
}

func (r *recorder) begin(what string, args ...any) {
	if r == nil {
		return
	}
	r.now = &Moment{At: r.Now(), Shown: r.Visible(), In: append([]any{what}, args...), Drew: [][2]int64{}, Out: [][]any{}}
}

func (r *recorder) end() {
	if r == nil {
		return
	}
	m := r.now
	m.Due, m.Queue, m.Rooms = r.due, []string{}, []roomView{}
	if r.On {
		m.Line = lineNames()[r.State()]
	}
	if r.Agent != nil {
		m.Queue, m.Error = append(m.Queue, r.Agent.Queue()...), r.Agent.LastError()
	}
	for _, t := range r.Threads() {
		if t.Room != nil && (r.Agent != nil || t.ID == r.Customer.CurrentRoom()) {
			m.Rooms = append(m.Rooms, viewOf(t))
		}
	}
	r.moments, r.now = append(r.moments, m), nil
}

func lineNames() map[client.LineState]string {
	return map[client.LineState]string{
		client.Idle: "idle", client.Connecting: "connecting", client.OpenState: "open", client.Lost: "lost", client.ReplacedState: "replaced", client.RefusedState: "refused",
	}
}

func viewOf(t *client.Thread) roomView {
	v := roomView{ID: t.ID, Rev: t.Room.Rev, Status: t.Room.Status, Mine: t.Mine, Online: t.Online, Held: []int64{}}
	for seq := int64(1); seq <= t.NewestSeq; seq++ {
		if _, held := t.Message(seq); held {
			v.Held = append(v.Held, seq)
		}
	}
	return v
}

func (r *recorder) did(what string, args ...any) {
	r.now.Out = append(r.now.Out, append([]any{what}, args...))
}

// Rand implements client.Effects.
func (r *recorder) Rand(n int64) int64 {
	drawn := r.device.Rand(n)
	r.now.Drew = append(r.now.Drew, [2]int64{n, drawn})
	return drawn
}

// After implements client.Effects. A client has one timer at a time.
func (r *recorder) After(ms int64, do func()) func() {
	r.due = r.Now() + ms
	cancel := r.device.After(ms, func() {
		r.due = 0
		r.begin("timer")
		do()
		r.end()
	})
	return func() {
		r.due = 0
		cancel()
	}
}

// Dial implements client.Effects.
func (r *recorder) Dial(e client.SocketEvents) client.Socket {
	r.sockets++
	r.did("dial", r.sockets)
	return &recordedSocket{recorder: r, n: r.sockets, Socket: r.device.Dial(&recordedEvents{recorder: r, n: r.sockets, inner: e})}
}

// Acked implements client.Report.
func (r *recorder) Acked(key, room string, no int, seq, at int64) {
	r.did("acked", key, room, seq)
	r.device.Acked(key, room, no, seq, at)
}

// Failed implements client.Report.
func (r *recorder) Failed(key, room, code string) {
	r.did("failed", key, room)
	r.device.Failed(key, room, code)
}

type recordedSocket struct {
	client.Socket
	recorder *recorder
	n        int
}

// Send implements client.Socket.
func (s *recordedSocket) Send(body []byte) {
	s.recorder.did("send", s.n, string(body))
	s.Socket.Send(body)
}

// Close implements client.Socket.
func (s *recordedSocket) Close() {
	s.recorder.did("close", s.n)
	s.Socket.Close()
}

type recordedEvents struct {
	recorder *recorder
	n        int
	inner    client.SocketEvents
}

// Opened implements client.SocketEvents.
func (e *recordedEvents) Opened() { e.event("opened", e.inner.Opened, e.n) }

// Frame implements client.SocketEvents.
func (e *recordedEvents) Frame(body []byte) {
	e.event("frame", func() { e.inner.Frame(body) }, e.n, string(body))
}

// Closed implements client.SocketEvents.
func (e *recordedEvents) Closed() { e.event("closed", e.inner.Closed, e.n) }

func (e *recordedEvents) event(what string, happen func(), args ...any) {
	e.recorder.begin(what, args...)
	happen()
	e.recorder.end()
}

func words(args []string) []any {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
	}
	return all
}
