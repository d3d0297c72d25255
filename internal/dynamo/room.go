package dynamo

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	smithytime "github.com/aws/smithy-go/time"

	"rejoin/internal/chat"
)

// Attributes of a room. Their names count towards the 1 KB that one write unit pays for, so the names of those that are in
// every room are short.
const (
	attrRev       = "rev"
	attrStatus    = "status"
	attrSeq       = "seq"
	attrSettled   = "done" // settled
	attrBound     = "max"  // bound
	attrCreated   = "born" // created
	attrTopic     = "topic"
	attrNetwork   = "net"   // network
	attrPreview   = "last"  // preview
	attrTakenAt   = "tkn"   // takenAt
	attrWaited    = "wait"  // waited
	attrAskedAt   = "asked" // askedAt
	attrWarnedSeq = "wrn"   // warnedSeq
	attrWarnedAt  = "wrnAt" // warnedAt
	attrKept      = "k"     // kept
	attrEndedAt   = "endedAt"
	attrReason    = "reason"
	attrHeld      = "held" // a string set
	attrScore     = "score"
	attrComment   = "comment"
	attrRatings   = "ratings" // how many
)

// maxBatch is the most items of one BatchGetItem (DynamoDB's limit).
const maxBatch = 100

func roomKey(id chat.RoomID) item { return item{keyRoom: text(id)} }

func encodeRoom(r chat.Room) item {
	it := item{keyRoom: text(r.ID), attrRev: number(r.Rev), attrStatus: text(r.Status), attrSeq: number(r.Seq)}
	withNumber(it, attrSettled, r.Settled)
	withNumber(it, attrBound, r.Bound)
	withNumber(it, attrCreated, r.Created)
	withText(it, attrTopic, r.Topic)
	withText(it, attrNetwork, r.Network)
	withText(it, attrPreview, r.Preview)
	withNumber(it, attrTakenAt, r.TakenAt)
	withNumber(it, attrWaited, r.Waited)
	withNumber(it, attrAskedAt, r.AskedAt)
	withNumber(it, attrWarnedSeq, r.Warned.Seq)
	withNumber(it, attrWarnedAt, r.Warned.At)
	withNumber(it, attrKept, r.Kept)
	withNumber(it, attrSweepAt, r.SweepAt)
	withNumber(it, attrEndedAt, r.EndedAt)
	withText(it, attrReason, r.Reason)
	withSet(it, attrHeld, r.Held)
	withNumber(it, attrScore, r.Rating.Score)
	withText(it, attrComment, r.Rating.Comment)
	withNumber(it, attrRatings, r.Ratings)
	for _, side := range sides() {
		encodeMember(it, side, *r.Member(side))
	}
	switch r.Status {
	case chat.StatusWaiting:
		it[attrQueue] = text(queueKeyOf(r))
	case chat.StatusActive:
		withText(it, attrHolder, r.Agent.Who)
	case chat.StatusEnded:
		it[attrEndedMonth] = text(monthOf(r.EndedAt))
		it[attrEnded] = text(endOf(r.Ending()))
		if !r.Counted {
			it[attrUncounted] = text(uncountedKey)
		}
	}
	if r.Status != chat.StatusEnded {
		it[attrDueShard] = text(dueShard(r.ID))
	}
	return it
}

// decodeRoom returns the zero Room for no item.
func decodeRoom(it item) (chat.Room, error) {
	if len(it) == 0 {
		return chat.Room{}, nil
	}
	d := &itemReader{item: it}
	r := chat.Room{
		ID: requireText[chat.RoomID](d, keyRoom), Rev: readNumber[int64](d, attrRev), Status: requireText[chat.Status](d, attrStatus),
		Seq: readNumber[int64](d, attrSeq), Settled: readNumber[int64](d, attrSettled), Bound: readNumber[int64](d, attrBound),
		Created: readNumber[chat.Millis](d, attrCreated), Topic: readText[string](d, attrTopic), Network: readText[string](d, attrNetwork),
		Preview: readText[string](d, attrPreview), TakenAt: readNumber[chat.Millis](d, attrTakenAt),
		Waited:  readNumber[chat.Millis](d, attrWaited),
		AskedAt: readNumber[chat.Millis](d, attrAskedAt),
		Warned:  chat.Warning{Seq: readNumber[int64](d, attrWarnedSeq), At: readNumber[chat.Millis](d, attrWarnedAt)},
		Kept:    readNumber[chat.Millis](d, attrKept), Left: readText[string](d, attrQueue) == leftKey,
		SweepAt: readNumber[chat.Millis](d, attrSweepAt), EndedAt: readNumber[chat.Millis](d, attrEndedAt),
		Reason: readText[chat.Reason](d, attrReason), Held: readSet[chat.PersonID](d, attrHeld),
		Rating: chat.Rating{Score: readNumber[int](d, attrScore), Comment: readText[string](d, attrComment)}, Ratings: readNumber[int](d, attrRatings),
		Customer: decodeMember(d, chat.Customer), Agent: decodeMember(d, chat.Agent),
	}
	r.Counted = r.Status == chat.StatusEnded && readText[string](d, attrUncounted) == ""
	if !slices.Contains([]chat.Status{chat.StatusWaiting, chat.StatusActive, chat.StatusEnded}, r.Status) {
		d.errs = append(d.errs, fmt.Errorf("unknown status %q", r.Status))
	}
	return r, d.err("room")
}

// roomAttributes are all attributes that this version may write. Those that a room does not have are removed; what a
// newer version wrote is left alone.
func roomAttributes() []string {
	all := []string{
		attrRev, attrStatus, attrSeq, attrSettled, attrBound, attrCreated, attrTopic, attrNetwork, attrPreview, attrTakenAt, attrWaited, attrAskedAt, attrWarnedSeq, attrWarnedAt, attrKept, attrReason, attrHeld,
		attrScore, attrComment, attrRatings,
		attrQueue, attrHolder, attrDueShard, attrSweepAt, attrEndedMonth, attrEnded, attrEndedAt, attrUncounted, attrTTL,
	}
	for _, side := range sides() {
		for _, name := range memberAttributes() {
			all = append(all, attribute(side, name))
		}
	}
	return all
}

// Room implements chat.RoomStore.
func (s *Store) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	it, err := s.get(ctx, s.tables.Rooms, roomKey(id))
	if err != nil {
		return chat.Room{}, fmt.Errorf("get room: %w", err)
	}
	return decodeRoom(it)
}

// Rooms implements chat.RoomStore.
func (s *Store) Rooms(ctx context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	found := make(map[chat.RoomID]chat.Room, len(ids))
	distinct := slices.Compact(slices.Sorted(slices.Values(ids))) // DynamoDB refuses duplicate keys
	for batch := range slices.Chunk(distinct, maxBatch) {
		if err := s.batch(ctx, batch, found); err != nil {
			return nil, err
		}
	}
	rooms := make([]chat.Room, 0, len(found))
	for _, id := range ids {
		if r, exists := found[id]; exists {
			rooms = append(rooms, r)
		}
	}
	return rooms, nil
}

// batch reads at most maxBatch rooms, and requests again what DynamoDB left unprocessed.
func (s *Store) batch(ctx context.Context, ids []chat.RoomID, found map[chat.RoomID]chat.Room) error {
	var keys []map[string]types.AttributeValue
	for _, id := range ids {
		keys = append(keys, roomKey(id))
	}
	ask := map[string]types.KeysAndAttributes{s.tables.Rooms: {Keys: keys}}
	for attempt := 0; len(ask) > 0; attempt++ {
		if attempt > 0 {
			wait, _ := backoff(attempt, nil)
			if err := smithytime.SleepWithContext(ctx, wait); err != nil {
				return fmt.Errorf("get rooms: %w", err)
			}
		}
		out, err := s.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: ask})
		if err != nil {
			return fmt.Errorf("get rooms: %w", err)
		}
		for _, it := range out.Responses[s.tables.Rooms] {
			r, err := decodeRoom(it)
			if err != nil {
				return err
			}
			found[r.ID] = r
		}
		ask = out.UnprocessedKeys
	}
	return nil
}

// updateRoom does a write to a room; side is the member that its #my tokens mean.
func (s *Store) updateRoom(ctx context.Context, w write, id chat.RoomID, side chat.Side, values item) (chat.Room, bool, error) {
	values[":one"], values[":ended"], values[":active"] = number(1), text(chat.StatusEnded), text(chat.StatusActive)
	values[":none"], values[":uncounted"] = text(""), text(uncountedKey)
	it, ok, err := s.update(ctx, w, s.tables.Rooms, roomKey(id), side, values)
	if err != nil {
		return chat.Room{}, false, err
	}
	r, err := decodeRoom(it)
	return r, ok && err == nil, err
}
