package stats

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

const (
	// segment is the least number of rooms from one mark to the next. A shorter queue has no marks.
	segment = 50
	// marksAtMost keeps a snapshot within 4 KB, which is one read unit.
	marksAtMost = 100
	// newerAtMost is how many rooms may join the queue before it is counted again.
	newerAtMost = 100
	// maxSegment is how many rooms are read at most to find a position. Marks are further apart only in queues longer than
	// marksAtMost × maxSegment.
	maxSegment = 1000

	// A snapshot that is older than snapshotAge is replaced by whoever needs it. One that is younger than minSnapshotAge is
	// never replaced, so that of many who come at once a few count.
	snapshotAge    chat.Millis = 10_000
	minSnapshotAge chat.Millis = 1_000
	// maxSnapshotAge is the age from which a snapshot is not used at all, not even while the queue is counted.
	maxSnapshotAge chat.Millis = 120_000

	snapshotKey = "line" // in stateSeries
)

// snapshot is the queue as it was last counted. With it, the length of the queue costs one read. A position costs one more,
// of the rooms after the mark before it.
type snapshot struct {
	at      chat.Millis // when; 0 = never
	waiting int
	every   int           // how many rooms there were from one mark to the next
	marks   []chat.RoomID // in order; the last is the last room of the queue
	gone    []int         // of the oldest chat.MaxQueue rooms, how many were before each whose customer had left
}

// Position is the position of a waiting room: 1 = next. Customers who left do not count. In a queue that was shorter than a
// segment when it was last counted, the position is that of this moment. In a longer one, customers still count who left
// since the last count, which is at most snapshotAge ago, and those who left from a place behind the first chat.MaxQueue.
func (s *Service) Position(ctx context.Context, room chat.RoomID) (int, error) {
	snap, err := s.snapshot(ctx)
	if err != nil {
		return 0, err
	}
	before, err := s.before(ctx, snap, room)
	if err != nil {
		return 0, err
	}
	if snap.isOutdated(s.Clock.Now(), before) {
		if snap, err = s.countQueue(ctx, snap); err != nil {
			return 0, err
		}
		if before, err = s.before(ctx, snap, room); err != nil {
			return 0, err
		}
	}
	if before.mark != "" {
		return snap.position(before), nil
	}
	checked := before.rooms[:min(chat.MaxQueue, len(before.rooms))]
	oldest, err := s.Store.Rooms(ctx, checked)
	if err != nil {
		return 0, fmt.Errorf("read the queue's rooms: %w", err)
	}
	position := 1 + len(before.rooms) - len(checked)
	for _, r := range oldest {
		if r.WaitsPresent() {
			position++
		}
	}
	return position, nil
}

// Waiting is how many customers wait: as counted at most some seconds ago, and those who have joined since.
func (s *Service) Waiting(ctx context.Context) (int, error) {
	snap, err := s.snapshot(ctx)
	if err != nil {
		return 0, err
	}
	return s.waiting(ctx, snap, snapshotAge)
}

// waiting is Waiting from a snapshot, which is replaced if it is of this age or older.
func (s *Service) waiting(ctx context.Context, snap snapshot, age chat.Millis) (_ int, err error) {
	if s.Clock.Now()-snap.at >= age {
		if snap, err = s.countQueue(ctx, snap); err != nil {
			return 0, err
		}
	}
	if len(snap.marks) == 0 { // all have joined since
		snap.waiting = 0
	}
	newer, err := s.before(ctx, snap, lastKey)
	return snap.waiting + len(newer.rooms), err
}

// IsFull tells whether at least `most` customers wait. It counts them, unless so few waited at the last count that those who
// may have joined since make no difference. A count of a long queue serves everybody for a second. Otherwise each start in a
// flood would read the whole queue, only to be refused.
func (s *Service) IsFull(ctx context.Context, most int) (bool, error) {
	snap, err := s.snapshot(ctx)
	switch {
	case err != nil:
		return false, err
	case snap.at != 0 && snap.waiting+2*newerAtMost < most:
		return false, nil
	case len(snap.marks) > 0:
		waiting, err := s.waiting(ctx, snap, minSnapshotAge)
		return waiting >= most, err
	}
	ids, err := s.Store.Queue(ctx, chat.ListWaiting, "", "", most)
	if err != nil {
		return false, fmt.Errorf("list the queue: %w", err)
	}
	return len(ids) >= most, nil
}

// part is the rooms that wait between a mark, or the queue's head, and another room.
type part struct {
	mark   chat.RoomID // "" = the head
	nth    int         // which mark, 1 = the first
	isLast bool        // no mark is behind the room
	rooms  []chat.RoomID
}

func (s *Service) before(ctx context.Context, snap snapshot, room chat.RoomID) (p part, err error) {
	p.nth, _ = slices.BinarySearch(snap.marks, room)
	if p.nth > 0 {
		p.mark = snap.marks[p.nth-1]
	}
	p.isLast = p.nth == len(snap.marks)
	if p.rooms, err = s.Store.Queue(ctx, chat.ListWaiting, p.mark, room, maxSegment); err != nil {
		return part{}, fmt.Errorf("list a part of the queue: %w", err)
	}
	return p, nil
}

// position is the position of the room behind a part that begins at a mark.
func (snap snapshot) position(p part) int {
	before := min(p.nth*snap.every, snap.waiting) + len(p.rooms)
	gone, _ := slices.BinarySearch(snap.gone, before)
	return 1 + before - gone
}

// isOutdated tells whether the queue has to be counted again for a room that has these before it.
func (snap snapshot) isOutdated(now chat.Millis, before part) bool {
	age, grown := now-snap.at, before.isLast && len(before.rooms) >= newerAtMost
	old := before.mark != "" && age >= snapshotAge // without a mark, the rooms themselves tell
	return old || grown && age >= minSnapshotAge
}

// snapshot reads the last snapshot. One that this version cannot read counts as none.
func (s *Service) snapshot(ctx context.Context) (snapshot, error) {
	rows, err := s.Store.Stats(ctx, stateSeries, snapshotKey, snapshotKey)
	if err != nil {
		return snapshot{}, fmt.Errorf("read the snapshot of the queue: %w", err)
	}
	for _, row := range rows {
		if snap, err := decodeSnapshot(row.Data); err == nil {
			snap.at = chat.Millis(row.Weight)
			return snap, nil
		}
	}
	return snapshot{}, nil
}

// countQueue counts the queue and stores the new snapshot. Before that it dates the old one anew, unless that is very old, so
// that others who come meanwhile do not count as well.
func (s *Service) countQueue(ctx context.Context, outdated snapshot) (snapshot, error) {
	if now := s.Clock.Now(); now-outdated.at < maxSnapshotAge {
		outdated.at = now
		if err := s.putSnapshot(ctx, outdated); err != nil {
			return snapshot{}, err
		}
	}
	now := s.Clock.Now()
	ids, oldest, err := s.queue(ctx)
	if err != nil {
		return snapshot{}, err
	}
	snap := newSnapshot(now, ids, oldest)
	return snap, s.putSnapshot(ctx, snap)
}

// queue reads the queue: the ids of all rooms, and the oldest of them.
func (s *Service) queue(ctx context.Context) (ids []chat.RoomID, oldest []chat.Room, err error) {
	if ids, err = s.Store.Queue(ctx, chat.ListWaiting, "", "", 0); err != nil {
		return nil, nil, fmt.Errorf("list the queue: %w", err)
	}
	if len(ids) == 0 {
		return nil, nil, nil
	}
	if oldest, err = s.Store.Rooms(ctx, ids[:min(chat.MaxQueue, len(ids))]); err != nil {
		return nil, nil, fmt.Errorf("read the queue's rooms: %w", err)
	}
	return ids, oldest, nil
}

// newSnapshot makes a snapshot of a queue whose oldest rooms were read.
func newSnapshot(at chat.Millis, ids []chat.RoomID, oldest []chat.Room) snapshot {
	snap := snapshot{at: at, waiting: len(ids), every: max(segment, (len(ids)+marksAtMost-1)/marksAtMost)}
	if len(ids) < snap.every {
		return snap
	}
	for end := snap.every; end < len(ids); end += snap.every {
		snap.marks = append(snap.marks, ids[end-1])
	}
	snap.marks = append(snap.marks, ids[len(ids)-1])
	present := make(map[chat.RoomID]bool, len(oldest))
	for _, r := range oldest {
		present[r.ID] = r.WaitsPresent()
	}
	for i, id := range ids[:min(chat.MaxQueue, len(ids))] {
		if !present[id] {
			snap.gone = append(snap.gone, i)
		}
	}
	return snap
}

func (s *Service) putSnapshot(ctx context.Context, snap snapshot) error {
	return s.putState(ctx, snapshotKey, snap.at, encodeSnapshot(snap))
}

// encodeSnapshot encodes how many wait and from one mark to the next, the marks, and who is gone. Lists begin with their length.
func encodeSnapshot(snap snapshot) []byte {
	b := []byte{encodingVersion}
	for _, n := range []int{snap.waiting, snap.every, len(snap.marks)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, room := range snap.marks {
		b = appendText(b, string(room))
	}
	b = binary.AppendUvarint(b, uint64(len(snap.gone)))
	for _, before := range snap.gone {
		b = binary.AppendUvarint(b, uint64(before))
	}
	return b
}

func decodeSnapshot(data []byte) (snapshot, error) {
	d := newDecoder(data, encodingVersion)
	snap := snapshot{waiting: int(d.number()), every: int(d.number())}
	for n := d.number(); n > 0 && d.err == nil; n-- {
		snap.marks = append(snap.marks, chat.RoomID(d.text()))
	}
	for n := d.number(); n > 0 && d.err == nil; n-- {
		snap.gone = append(snap.gone, int(d.number()))
	}
	return snap, d.end()
}
