package dynamo

import (
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

	attrQueue      = "queue"      // `waiting` while a room waits
	attrHolder     = "holder"     // the agent's id while a room is active
	attrDueShard   = "dueShard"   // while a room is open
	attrSweepAt    = "sweepAt"    // RANGE to dueShard, ms
	attrEndedMonth = "endedMonth" // once it ended, UTC
	attrEnded      = "ended"      // RANGE to endedMonth, and of handled: endedAt#roomId

	attrUncounted = "uncounted" // `uncounted` from when a room ended, or was rated, until the statistics have it

	queueKey     = "waiting"
	uncountedKey = "uncounted"
	monthLayout  = "2006-01"
)

// The indexes.
const (
	indexQueue  = "queue"
	indexAgent  = "agent"
	indexDue    = "due"
	indexOnline = "online"
	indexEnded  = "ended"

	indexCustomer  = "customer"
	indexUncounted = "uncounted"
	indexLasting   = "lasting"
)

// Attributes of a room. Names count towards the 1 KB that one write unit pays for, so those that are in every room are
// short.
const (
	attrRev       = "rev"
	attrStatus    = "status"
	attrSeq       = "seq"
	attrSettled   = "done" // Settled
	attrCreated   = "born" // Created
	attrTopic     = "topic"
	attrPreview   = "last"  // Preview
	attrTakenAt   = "tkn"   // TakenAt
	attrWaited    = "wait"  // Waited
	attrAskedAt   = "asked" // AskedAt
	attrWarnedSeq = "wrn"   // Warned.Seq
	attrWarnedAt  = "wrnAt" // Warned.At
	attrEndedAt   = "endedAt"
	attrReason    = "reason"
	attrHeld      = "held" // a string set
	attrScore     = "score"
	attrComment   = "comment"
)

// Attributes of a member: with the prefix of its side in a room, bare in a person's own item. The customer's who is the
// room's customerId.
const (
	attrWho     = "who"
	attrName    = "name"
	attrConn    = "conn" // in agents: RANGE of the index `online`, so only who is connected is in it
	attrAt      = "at"   // Seat.At
	attrPrev    = "prev"
	attrGone    = "gone"
	attrLost    = "lost"
	attrNo      = "no"
	attrNext    = "next"
	attrNoSeq   = "nseq" // NoSeq
	attrNoAt    = "nat"  // NoAt
	attrDigest  = "dig"  // Digest
	attrBurstAt = "run"  // BurstAt
	attrRead    = "read"
)

// Attributes of a person beside those of a member.
const (
	attrRoom         = "room"
	attrBlocked      = "blocked"
	attrChats        = "chats"
	attrProfileName  = "pName"
	attrProfileEmail = "pEmail"
	attrProfileTopic = "pTopic"
	attrPageURL      = "pURL"
	attrPageTitle    = "pTitle"
	attrPageLang     = "pLang"
)

// Attributes of a canned message beside its text.
const (
	attrTitle    = "title"
	attrPosition = "position"
	attrVersion  = "version"
)

// Attributes of a row of statistics.
const (
	attrWeight = "weight"
	attrData   = "data"
)

// Attributes of a message and a connection. A message's holder is attrHolder.
const (
	attrFrom  = "from"
	attrBy    = "by"
	attrText  = "text"
	attrEvent = "event"
	attrVoid  = "void"
	attrRole  = "role"  // HASH of the index `lasting`
	attrUntil = "until" // RANGE to role: only a connection that ends with its token has it
	attrTTL   = "ttl"   // seconds since the epoch: when DynamoDB may delete the item; anything else: never
)

// connectionLife is after how long a connection's row may go: the gateway closes every connection after 2 h.
const connectionLife = 2*time.Hour + 10*time.Minute

// myPrefix starts the tokens of expressions that stand for an attribute of the member whose side is meant.
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

// attributeOf is what a token of an expression stands for: #rev is rev, #myConn is cConn, aConn or conn.
func attributeOf(side chat.Side, token string) string {
	if name, mine := strings.CutPrefix(token, myPrefix); mine {
		return attribute(side, strings.ToLower(name[:1])+name[1:])
	}
	return token[1:]
}

// A place is roomId#seq with the seq zero-padded, so that places sort as they were given out.
func placeOf(room chat.RoomID, seq int64) string { return fmt.Sprintf("%s#%010d", room, seq) }

func splitPlace(place string) (chat.RoomID, int64, error) {
	room, digits, ok := strings.Cut(place, "#")
	seq, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || placeOf(chat.RoomID(room), seq) != place {
		return "", 0, fmt.Errorf("place %q is not roomId#seq", place)
	}
	return chat.RoomID(room), seq, nil
}

// An end is endedAt#roomId with the time zero-padded, so that ends sort as rooms ended. lastRoom sorts after every room.
func endOf(end chat.Ending) string { return fmt.Sprintf("%013d#%s", end.At, end.Room) }

const lastRoom chat.RoomID = "~"

func splitEnd(end string) (chat.Ending, error) {
	digits, room, ok := strings.Cut(end, "#")
	at, err := strconv.ParseInt(digits, 10, 64)
	e := chat.Ending{At: chat.Millis(at), Room: chat.RoomID(room)}
	if !ok || err != nil || endOf(e) != end {
		return chat.Ending{}, fmt.Errorf("end %q is not endedAt#roomId", end)
	}
	return e, nil
}

// monthOf is the key of the index of ended rooms. A month's rooms are read as they ended, in one Query or the pages of
// one; that many do not end in a second as would be too many for one key.
func monthOf(at chat.Millis) string { return firstOfMonth(at).Format(monthLayout) }

func firstOfMonth(at chat.Millis) time.Time {
	t := time.UnixMilli(int64(at)).UTC()
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// dueShard spreads the rooms that are due over chat.DueShards keys.
func dueShard(id chat.RoomID) string {
	h := fnv.New32a()
	h.Write([]byte(id))
	return shardKey(int(h.Sum32() % chat.DueShards))
}

func shardKey(shard int) string { return strconv.Itoa(shard) }
