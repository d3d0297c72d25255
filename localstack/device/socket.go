package device

import (
	"context"
	"sync"
	"time"

	"github.com/coder/websocket"

	"rejoin/internal/proof/sim/client"
)

// socket is one connection, like a browser's WebSocket: sent frames are queued, and closing does not wait.
type socket struct {
	device *Device
	events client.SocketEvents
	cancel context.CancelFunc
	mu     sync.Mutex
	queue  [][]byte
	more   chan struct{}
}

// maxFrame is more than the gateway sends.
const maxFrame = 1 << 20

// Dial implements client.Effects.
func (d *Device) Dial(e client.SocketEvents) client.Socket {
	d.Dialled++
	ctx, cancel := context.WithCancel(d.ctx)
	s := &socket{device: d, events: e, cancel: cancel, more: make(chan struct{}, 1)}
	go s.live(ctx)
	return s
}

func (s *socket) live(ctx context.Context) {
	defer s.cancel()
	conn, err := s.device.options.Dial(ctx)
	if err != nil {
		s.device.Post(s.events.Closed)
		return
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(maxFrame)
	s.device.Post(func() {
		s.device.openedAt = time.Now()
		s.events.Opened()
	})
	go s.write(ctx, conn)
	for {
		_, body, err := conn.Read(ctx)
		if err != nil {
			s.device.Post(s.events.Closed)
			return
		}
		s.device.Post(func() {
			if s.device.options.Received != nil {
				s.device.options.Received(body)
			}
			s.events.Frame(body)
		})
	}
}

func (s *socket) write(ctx context.Context, conn *websocket.Conn) {
	for {
		select {
		case <-s.more:
		case <-ctx.Done():
			return
		}
		s.mu.Lock()
		queue := s.queue
		s.queue = nil
		s.mu.Unlock()
		for _, body := range queue {
			if conn.Write(ctx, websocket.MessageText, body) != nil {
				return
			}
		}
	}
}

// Send implements client.Socket.
func (s *socket) Send(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, body)
	select {
	case s.more <- struct{}{}:
	default:
	}
}

// Close implements client.Socket. It sends no close frame, which the server must tolerate.
func (s *socket) Close() { s.cancel() }
