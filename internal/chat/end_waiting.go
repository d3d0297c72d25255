package chat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	// MaxEndedTogether is how many rooms one frame ends.
	MaxEndedTogether = 50
	// maxExamples is how many of the rooms that were found come back, maxGroups how many groups of each kind.
	maxExamples = 5
	maxGroups   = 20
)

// WaitingAct is what happens to the waiting rooms that were found.
type WaitingAct string

// The acts, as the wire names them.
const (
	LookOnly  WaitingAct = "look"
	EndThem   WaitingAct = "end"
	BlockThem WaitingAct = "block" // ends them and blocks their customers
)

// WaitingActs lists all acts.
func WaitingActs() []WaitingAct { return []WaitingAct{LookOnly, EndThem, BlockThem} }

// WaitingQuery finds waiting rooms of a list. An empty field fits any room.
type WaitingQuery struct {
	Act     WaitingAct
	Network string // where they were begun, as Room.Network
	Pattern string // a part of the customer's name, the topic or the newest text, in any case and width
	List    List   // the zero value is the queue
	After   RoomID // where an earlier page ended; empty: from the oldest
}

// WaitingPage is what was found and done in a part of the queue.
type WaitingPage struct {
	Checked, Found         int
	Ended, Blocked, Failed int
	Examples               []View         // to look at: the oldest found
	Groups                 []WaitingGroup // to look at: those found that have something in common, the largest first
	After                  RoomID         // the next page begins after it; empty: this was the last
}

// WaitingGroup is how many of the rooms were begun at the same place, or have the same newest text.
type WaitingGroup struct {
	Network, Text string // one of the two
	Rooms         int
}

// EndWaiting looks at the waiting rooms that an admin describes, or ends them and perhaps blocks their customers. A page checks
// at most MaxQueue rooms and ends at most MaxEndedTogether, each on condition that it still waits and fits: a room that an
// agent has taken meanwhile is left alone. The customers are told as by End and Block, the agents once for the page. It may be
// repeated. Errors: Forbidden unless an admin; NotCurrent from an older connection; Invalid for an end without Network and
// Pattern.
func (s *Service) EndWaiting(ctx context.Context, c Caller, q WaitingQuery) (WaitingPage, error) {
	if err := s.checkCurrent(ctx, c); err != nil {
		return WaitingPage{}, err
	}
	q.Pattern = normalize(CleanLine(q.Pattern))
	switch {
	case !c.Admin:
		return WaitingPage{}, fail(Forbidden, "Only an admin ends the chats of many.")
	case q.Act != LookOnly && q.Network == "" && q.Pattern == "":
		return WaitingPage{}, fail(Invalid, "It has to be said which chats end.")
	}
	page, found, err := s.findWaiting(ctx, q)
	if err != nil {
		return WaitingPage{}, err
	}
	if q.Act == LookOnly {
		for _, r := range found[:min(maxExamples, len(found))] {
			v := s.viewOf(ctx, r, Agent)
			v.ShowNetwork = true
			page.Examples = append(page.Examples, v)
		}
		page.Groups = append(groups(found, func(r Room) WaitingGroup { return WaitingGroup{Network: r.Network} }),
			groups(found, func(r Room) WaitingGroup { return WaitingGroup{Text: r.Preview} })...)
		return page, nil
	}
	return s.endAll(ctx, c, q, page, found)
}

// findWaiting reads one page of the queue.
func (s *Service) findWaiting(ctx context.Context, q WaitingQuery) (WaitingPage, []Room, error) {
	ids, err := s.Store.Queue(ctx, q.List, q.After, "", MaxQueue)
	if err != nil {
		return WaitingPage{}, nil, fmt.Errorf("list the queue: %w", err)
	}
	rooms, err := s.Store.Rooms(ctx, ids)
	if err != nil {
		return WaitingPage{}, nil, fmt.Errorf("read the queue's rooms: %w", err)
	}
	var page WaitingPage
	if len(ids) == MaxQueue {
		page.After = ids[MaxQueue-1]
	}
	var found []Room
	for _, r := range rooms {
		if r.Status != StatusWaiting || ListOf(r) != q.List { // the index may lag
			continue
		}
		page.Checked++
		if !q.fits(r) {
			continue
		}
		found = append(found, r)
		if q.Act != LookOnly && len(found) == MaxEndedTogether {
			page.After = r.ID
			break
		}
	}
	page.Found = len(found)
	return page, found, nil
}

// fits tells whether a room waits on the list and is one of those that the query finds. The pattern is normalized.
func (q WaitingQuery) fits(r Room) bool {
	return r.Status == StatusWaiting && ListOf(r) == q.List && (q.Network == "" || r.Network == q.Network) &&
		(q.Pattern == "" || strings.Contains(normalize(r.Customer.Name+"\n"+r.Topic+"\n"+CleanLine(r.Preview)), q.Pattern))
}

// groups counts the rooms that have the same key, which is no group if it is empty.
func groups(rooms []Room, key func(Room) WaitingGroup) []WaitingGroup {
	sizes := map[WaitingGroup]int{}
	for _, r := range rooms {
		if k := key(r); k != (WaitingGroup{}) {
			sizes[k]++
		}
	}
	all := make([]WaitingGroup, 0, len(sizes))
	for k := range maps.Keys(sizes) {
		if k.Rooms = sizes[WaitingGroup{Network: k.Network, Text: k.Text}]; k.Rooms > 1 {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b WaitingGroup) int {
		return cmp.Or(b.Rooms-a.Rooms, strings.Compare(a.Network+a.Text, b.Network+b.Text))
	})
	return all[:min(maxGroups, len(all))]
}

// endAll ends the rooms side by side. Those that fail are counted; if all fail, the error comes back.
func (s *Service) endAll(ctx context.Context, c Caller, q WaitingQuery, page WaitingPage, found []Room) (WaitingPage, error) {
	ended, failed := make([]bool, len(found)), make([]bool, len(found))
	blocked := make([]bool, len(found))
	err := s.Each.Try(ctx, len(found), func(ctx context.Context, i int) (err error) {
		ended[i], blocked[i], err = s.endWaiting(ctx, c, q, found[i].ID)
		failed[i] = err != nil
		return err
	})
	var gone []RoomID
	for i, r := range found {
		if ended[i] {
			gone = append(gone, r.ID)
		}
		page.Ended += count(ended[i])
		page.Blocked += count(blocked[i])
		page.Failed += count(failed[i])
	}
	if len(gone) > 0 {
		s.tellAgents(ctx, QueueRemoveAll{Rooms: gone})
	}
	s.Log.InfoContext(ctx, "waiting chats ended by an admin", "act", q.Act, "found", page.Found, "blocked", page.Blocked,
		"failed", page.Failed, "rooms", gone)
	if page.Failed == len(found) && err != nil {
		return WaitingPage{}, err
	}
	if err != nil {
		s.Log.WarnContext(ctx, "waiting chats not ended", LogError, err)
	}
	return page, nil
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// endWaiting ends one room, if it still fits, and blocks its customer, if that is asked for.
func (s *Service) endWaiting(ctx context.Context, c Caller, q WaitingQuery, room RoomID) (ended, blocked bool, err error) {
	done, err := s.change(ctx, room, event{EventEnded, c.Name}, func(r *Room, now Millis) error {
		if !q.fits(*r) {
			return errAlreadyDone
		}
		r.end(AgentEnded, now)
		return nil
	})
	switch {
	case errors.Is(err, errAlreadyDone):
		return false, false, nil
	case err != nil:
		return false, false, err
	}
	s.announce(ctx, c.Conn, done)
	if q.Act != BlockThem {
		return true, false, nil
	}
	p, known, err := s.Store.SetBlocked(ctx, done.after.Customer.Who, true, s.Clock.Now())
	if err != nil {
		return true, false, fmt.Errorf("block customer of room %s: %w", room, err)
	}
	if p.Room == room { // it has just ended, and they were told
		p.Room = ""
	}
	_, err = s.enforceBlock(ctx, c, p)
	return true, known, err
}
