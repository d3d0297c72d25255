package main

import "sync"

// lobby is the rooms of this run that wait and that no agent goes for. The queue of the stack may hold others.
type lobby struct {
	mu    sync.Mutex
	rooms map[string]chan<- *agent
}

// enter adds a room. The agent who has taken it comes through the channel.
func (l *lobby) enter(room string) <-chan *agent {
	to := make(chan *agent, 1)
	l.put(room, to)
	return to
}

func (l *lobby) put(room string, to chan<- *agent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rooms[room] = to
}

// claim takes a room out, for one agent; nil if it is not there.
func (l *lobby) claim(room string) chan<- *agent {
	l.mu.Lock()
	defer l.mu.Unlock()
	to := l.rooms[room]
	delete(l.rooms, room)
	return to
}
