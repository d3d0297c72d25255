package dynamo

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"rejoin/internal/chat"
)

// Keys of the tables, and the attributes that only indexes read. Each index is sparse: a room is in it while it has
// the attribute. A message changes none of them, so it costs no index write.
const (
	keyConnection = "connectionId"
	keyRoom       = "roomId"
	keyCustomer   = "customerId" // HASH of messages and customers; of a room: the index `customer`
	keyPlace      = "place"      // RANGE of messages
	keyAgent      = "agentId"
	keyOwner      = "owner"  // HASH of canned: `shared` or an agent's id
	keyCanned     = "key"    // RANGE of canned
	keySeries     = "series" // HASH of stats
	keyStatsAt    = "at"     // RANGE of stats
	keySite       = "site"   // HASH of shops; the RANGE is attrVersion

	attrQueue      = "queue"      // while a room waits: `left`, or the shard's key, `waiting` and its number
	attrHolder     = "holder"     // the agent's id while a room is active
	attrDueShard   = "dueShard"   // the shard's number while a room is open
	attrSweepAt    = "sweepAt"    // RANGE to dueShard, ms
	attrEndedMonth = "endedMonth" // of an ended room, UTC, as 2026-11
	attrEnded      = "ended"      // RANGE to endedMonth, and of handled: endedAt#roomId

	attrLoad = "load" // RANGE to status: only a connected agent has it

	attrUncounted = "uncounted" // `uncounted` after a room ended or was rated, until the statistics include it

	attrTTL = "ttl" // seconds since the epoch: when DynamoDB may delete the item; any other type: never

	uncountedKey = "uncounted"
	leftKey      = "left" // one key, which takes 1,000 writes a second: a question is written there as often as its customer comes and goes
	monthLayout  = "2006-01"
)

// The indexes.
const (
	indexQueue  = "queue"
	indexAgent  = "agent"
	indexDue    = "due"
	indexOnline = "online"
	indexFree   = "free"
	indexEnded  = "ended"

	indexCustomer  = "customer"
	indexUncounted = "uncounted"
	indexLasting   = "lasting"
)

// myPrefix starts the tokens that stand for an attribute of the member whose side is meant.
const myPrefix = "#my"

// attribute is the stored name of a side's attribute; side "" is a person's own item.
func attribute(side chat.Side, name string) string {
	switch {
	case side == "":
		return name
	case side == chat.Customer && name == attrWho:
		return keyCustomer
	}
	return string(side[0]) + strings.ToUpper(name[:1]) + name[1:]
}

// attributeOf is the attribute that a token stands for: #rev is rev, #myConn is cConn, aConn or conn.
func attributeOf(side chat.Side, token string) string {
	if name, mine := strings.CutPrefix(token, myPrefix); mine {
		return attribute(side, storedName(strings.ToLower(name[:1])+name[1:]))
	}
	return storedName(token[1:])
}

// storedName is the name that an attribute is stored under, where expressions call it by a longer one.
func storedName(name string) string {
	switch name {
	case "settled":
		return attrSettled
	case "bound":
		return attrBound
	case "preview":
		return attrPreview
	case "askedAt":
		return attrAskedAt
	case "noSeq":
		return attrNoSeq
	case "noAt":
		return attrNoAt
	case "digest":
		return attrDigest
	case "burstAt":
		return attrBurstAt
	}
	return name
}

// connectionCountKey is the key of the count of one address in one minute. It is a hash, so that no address is stored, and it begins
// as no id of API Gateway does.
func connectionCountKey(from string, at chat.Millis) string {
	minute := at / chat.Millis(time.Minute.Milliseconds())
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", from, minute))
	return "from#" + base64.RawURLEncoding.EncodeToString(sum[:16])
}

// A place is stored as roomId#seq with the seq zero-padded, so that places sort in order.
func placeOf(room chat.RoomID, seq int64) string { return fmt.Sprintf("%s#%010d", room, seq) }

func splitPlace(place string) (chat.RoomID, int64, error) {
	room, digits, ok := strings.Cut(place, "#")
	seq, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || placeOf(chat.RoomID(room), seq) != place {
		return "", 0, fmt.Errorf("place %q is not roomId#seq", place)
	}
	return chat.RoomID(room), seq, nil
}

// An end is stored as endedAt#roomId with the time zero-padded, so that ends sort by time.
func endOf(end chat.Ending) string { return fmt.Sprintf("%013d#%s", end.At, end.Room) }

// firstRoom sorts before every room, lastRoom after.
const (
	firstRoom chat.RoomID = " "
	lastRoom  chat.RoomID = "~"
)

func splitEnd(end string) (chat.Ending, error) {
	digits, room, ok := strings.Cut(end, "#")
	at, err := strconv.ParseInt(digits, 10, 64)
	e := chat.Ending{At: chat.Millis(at), Room: chat.RoomID(room)}
	if !ok || err != nil || endOf(e) != end {
		return chat.Ending{}, fmt.Errorf("end %q is not endedAt#roomId", end)
	}
	return e, nil
}

// monthOf is the key of the index of ended rooms: the month, UTC. So few rooms end in a second that one key per month
// is enough.
func monthOf(at chat.Millis) string { return firstOfMonth(at).Format(monthLayout) }

func firstOfMonth(at chat.Millis) time.Time {
	t := time.UnixMilli(int64(at)).UTC()
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// dueShard spreads due rooms over chat.DueShards keys.
func dueShard(id chat.RoomID) string { return shardKey(shardOf(id, chat.DueShards)) }

// queueShards is the number of keys that the index of waiting rooms is spread over. Each takes 1,000 writes a second, a chat
// needs two or three, and each costs the sweep half a read unit a minute while nobody waits.
const queueShards = 2

// queueKey is a key of the index of waiting rooms. The first has no number: it was the only one before there were
// several, and rooms that wait may still have it.
func queueKey(shard int) string {
	if shard == 0 {
		return "waiting"
	}
	return "waiting" + strconv.Itoa(shard)
}

// queueKeys are the keys of a list.
func queueKeys(list chat.List) []string {
	if list == chat.ListLeft {
		return []string{leftKey}
	}
	keys := make([]string, queueShards)
	for shard := range keys {
		keys[shard] = queueKey(shard)
	}
	return keys
}

// queueKeyOf is the key of a waiting room.
func queueKeyOf(r chat.Room) string {
	keys := queueKeys(chat.ListOf(r))
	return keys[shardOf(r.ID, uint32(len(keys)))]
}

func shardOf(id chat.RoomID, shards uint32) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % shards)
}

func shardKey(shard int) string { return strconv.Itoa(shard) }
