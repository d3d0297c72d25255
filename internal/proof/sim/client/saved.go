package client

import "maps"

// Saved is what survives a reload.
type Saved struct {
	known           bool // the last room is known
	room            string
	threads         []savedThread
	textsForNewRoom []Own
}

// TextsForNewRoom is how many texts wait for a room to be opened.
func (s *Saved) TextsForNewRoom() int {
	if s == nil {
		return 0
	}
	return len(s.textsForNewRoom)
}

type savedThread struct {
	id       string
	own      []Own
	no       int
	whole    bool
	room     *RoomObject
	messages map[int64]Message
	voids    map[int64]bool
}

// save returns what survives of a thread. whole: with the room and its messages; bare: without texts.
func (t *Thread) save(whole, bare bool) savedThread {
	saved := savedThread{id: t.ID, no: t.out.no, whole: whole}
	for _, own := range t.out.texts {
		saved.own = append(saved.own, *own)
	}
	if whole {
		saved.room, saved.messages, saved.voids = t.Room, map[int64]Message{}, map[int64]bool{}
		if !bare {
			maps.Copy(saved.messages, t.messages)
		}
		for seq := range t.voids {
			saved.voids[seq] = true
		}
	}
	return saved
}

func (s *session) restore(saved savedThread) {
	t := newThread(saved.id, s.side)
	for _, own := range saved.own {
		t.out.texts = append(t.out.texts, &own)
	}
	t.out.no, t.Room = saved.no, saved.room
	for seq := range saved.voids {
		t.voids[seq] = true
	}
	for _, m := range saved.messages {
		t.put(m)
	}
	t.advanceSince()
	s.threads = append(s.threads, t)
}
