package stats

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

const (
	// segment is how many rooms there are between two marks of a line, at least. A queue of fewer has no marks.
	segment = 50
	// marksAtMost keeps a line within 4 KB, which one read unit pays for.
	marksAtMost = 100
	// newerAtMost is how many rooms may have joined a line before it is counted again.
	newerAtMost = 100
	// maxSegment is how many rooms are read to find one's position. Only in the longest queues are marks further apart.
	maxSegment = 1000

	// lineAge is the age at which a line is counted again by whoever needs it, and minLineAge the age below which it is
	// not, however many joined, or want to: so that of many who come at once a few count.
	lineAge    chat.Millis = 10_000
	minLineAge chat.Millis = 1_000
	// maxLineAge is the age at which a line serves nobody, not even while it is counted.
	maxLineAge chat.Millis = 120_000

	lineKey = "line" // in stateSeries
)

// line is the queue as it was counted at a time. With it the length of the queue costs one read, and a position that and
// the rooms since the mark before it.
type line struct {
	at      chat.Millis // when; 0 = never
	waiting int
	every   int           // how many rooms there were from one mark to the next
	marks   []chat.RoomID // in order, the last of them at the end of the line
	gone    []int         // how many rooms were before each whose customer was not there, of the oldest chat.MaxQueue
}

// Position is the position of a waiting room: 1 = next. Customers who left do not count. In a queue that was shorter than a
// segment when it was last counted, the position is that of this moment. In a longer one, who has gone since the last count,
// at most lineAge ago, still counts, and so does who left behind the first chat.MaxQueue.
func (s *Service) Position(ctx context.Context, room chat.RoomID) (int, error) {
	l, err := s.line(ctx)
	if err != nil {
		return 0, err
	}
	before, err := s.before(ctx, l, room)
	if err != nil {
		return 0, err
	}
	if l.isOutdated(s.Clock.Now(), before) {
		if l, err = s.countLine(ctx, l); err != nil {
			return 0, err
		}
		if before, err = s.before(ctx, l, room); err != nil {
			return 0, err
		}
	}
	if before.mark != "" {
		return l.position(before), nil
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
	l, err := s.line(ctx)
	if err != nil {
		return 0, err
	}
	return s.waiting(ctx, l, lineAge)
}

// waiting is Waiting, of a line that is counted again at an age.
func (s *Service) waiting(ctx context.Context, l line, age chat.Millis) (_ int, err error) {
	if s.Clock.Now()-l.at >= age {
		if l, err = s.countLine(ctx, l); err != nil {
			return 0, err
		}
	}
	if len(l.marks) == 0 { // all have joined since
		l.waiting = 0
	}
	newer, err := s.before(ctx, l, lastKey)
	return l.waiting + len(newer.rooms), err
}

// IsFull tells whether at least `most` customers wait. It counts them, unless the line is so short that no number of those
// who may have joined it since makes it as long. A long line serves for a second all who ask meanwhile: in a flood, everybody
// would read the whole queue only to be refused.
func (s *Service) IsFull(ctx context.Context, most int) (bool, error) {
	l, err := s.line(ctx)
	switch {
	case err != nil:
		return false, err
	case l.at != 0 && l.waiting+2*newerAtMost < most:
		return false, nil
	case len(l.marks) > 0:
		waiting, err := s.waiting(ctx, l, minLineAge)
		return waiting >= most, err
	}
	ids, err := s.Store.Queue(ctx, "", "", most)
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

func (s *Service) before(ctx context.Context, l line, room chat.RoomID) (p part, err error) {
	p.nth, _ = slices.BinarySearch(l.marks, room)
	if p.nth > 0 {
		p.mark = l.marks[p.nth-1]
	}
	p.isLast = p.nth == len(l.marks)
	if p.rooms, err = s.Store.Queue(ctx, p.mark, room, maxSegment); err != nil {
		return part{}, fmt.Errorf("list a part of the queue: %w", err)
	}
	return p, nil
}

// position is the position of the room behind a part that begins at a mark.
func (l line) position(p part) int {
	before := min(p.nth*l.every, l.waiting) + len(p.rooms)
	gone, _ := slices.BinarySearch(l.gone, before)
	return 1 + before - gone
}

// isOutdated tells whether the line has to be counted again for a room that has these before it.
func (l line) isOutdated(now chat.Millis, before part) bool {
	age, grown := now-l.at, before.isLast && len(before.rooms) >= newerAtMost
	old := before.mark != "" && age >= lineAge // without a mark, the rooms themselves tell
	return old || grown && age >= minLineAge
}

// line reads the line as it was last counted. One that this version cannot read counts as none.
func (s *Service) line(ctx context.Context) (line, error) {
	rows, err := s.Store.Stats(ctx, stateSeries, lineKey, lineKey)
	if err != nil {
		return line{}, fmt.Errorf("read the line: %w", err)
	}
	for _, row := range rows {
		if l, err := decodeLine(row.Data); err == nil {
			l.at = chat.Millis(row.Weight)
			return l, nil
		}
	}
	return line{}, nil
}

// countLine counts the line anew and stores it. First it stores the line that it replaces as if that were new, unless it is
// very old, so that others who come meanwhile do not count as well.
func (s *Service) countLine(ctx context.Context, outdated line) (line, error) {
	if now := s.Clock.Now(); now-outdated.at < maxLineAge {
		outdated.at = now
		if err := s.putLine(ctx, outdated); err != nil {
			return line{}, err
		}
	}
	now := s.Clock.Now()
	ids, oldest, err := s.queue(ctx)
	if err != nil {
		return line{}, err
	}
	l := newLine(now, ids, oldest)
	return l, s.putLine(ctx, l)
}

// queue reads the queue: the ids of all rooms, and the oldest of them.
func (s *Service) queue(ctx context.Context) (ids []chat.RoomID, oldest []chat.Room, err error) {
	if ids, err = s.Store.Queue(ctx, "", "", 0); err != nil {
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

// newLine makes the line of a queue whose oldest rooms were read.
func newLine(at chat.Millis, ids []chat.RoomID, oldest []chat.Room) line {
	l := line{at: at, waiting: len(ids), every: max(segment, (len(ids)+marksAtMost-1)/marksAtMost)}
	if len(ids) < l.every {
		return l
	}
	for end := l.every; end < len(ids); end += l.every {
		l.marks = append(l.marks, ids[end-1])
	}
	l.marks = append(l.marks, ids[len(ids)-1])
	present := make(map[chat.RoomID]bool, len(oldest))
	for _, r := range oldest {
		present[r.ID] = r.WaitsPresent()
	}
	for i, id := range ids[:min(chat.MaxQueue, len(ids))] {
		if !present[id] {
			l.gone = append(l.gone, i)
		}
	}
	return l
}

func (s *Service) putLine(ctx context.Context, l line) error {
	return s.putState(ctx, lineKey, l.at, encodeLine(l))
}

// encodeLine encodes how many wait and from one mark to the next, the marks, and who is gone. Lists begin with their length.
func encodeLine(l line) []byte {
	b := []byte{encodingVersion}
	for _, n := range []int{l.waiting, l.every, len(l.marks)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, room := range l.marks {
		b = appendText(b, string(room))
	}
	b = binary.AppendUvarint(b, uint64(len(l.gone)))
	for _, before := range l.gone {
		b = binary.AppendUvarint(b, uint64(before))
	}
	return b
}

func decodeLine(data []byte) (line, error) {
	d := newDecoder(data)
	l := line{waiting: int(d.number()), every: int(d.number())}
	for n := d.number(); n > 0 && d.err == nil; n-- {
		l.marks = append(l.marks, chat.RoomID(d.text()))
	}
	for n := d.number(); n > 0 && d.err == nil; n-- {
		l.gone = append(l.gone, int(d.number()))
	}
	return l, d.end()
}
