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
	keyOwner      = "owner" // HASH of canned: `shared` or an agent's id
	keyCanned     = "key"   // RANGE of canned

	attrQueue     = "queue"     // `waiting` while a room waits
	attrHolder    = "holder"    // the agent's id while a room is active
	attrDueShard  = "dueShard"  // while a room is open
	attrSweepAt   = "sweepAt"   // RANGE to dueShard, ms
	attrEndedHour = "endedHour" // once it ended, UTC
	attrEndedAt   = "endedAt"   // RANGE to endedHour, ms

	inQueue    = "waiting"
	hourLayout = "2006-01-02T15"
)

// The indexes.
const (
	indexQueue  = "queue"
	indexAgent  = "agent"
	indexDue    = "due"
	indexOnline = "online"
)

// Attributes of a room. Names count towards the 1 KB that one write unit pays for, so those that are in every room are
// short.
const (
	attrRev     = "rev"
	attrStatus  = "status"
	attrSeq     = "seq"
	attrSettled = "done" // Settled
	attrCreated = "born" // Created
	attrTopic   = "topic"
	attrPreview = "last"  // Preview
	attrTakenAt = "tkn"   // TakenAt
	attrWarned  = "wrn"   // Warned.Seq
	attrWarnAt  = "wrnAt" // Warned.At
	attrReason  = "reason"
	attrHeld    = "held" // a string set
	attrScore   = "score"
	attrComment = "comment"
)

// Attributes of a member: with the prefix of its side in a room, bare in a person's own item. The customer's who is the
// room's customerId.
const (
	attrWho    = "who"
	attrName   = "name"
	attrConn   = "conn" // in agents: RANGE of the index `online`, so only who is connected is in it
	attrAt     = "at"   // Seat.At
	attrPrev   = "prev"
	attrGone   = "gone"
	attrNo     = "no"
	attrNext   = "next"
	attrNoSeq  = "nseq" // NoSeq
	attrNoAt   = "nat"  // NoAt
	attrDigest = "dig"  // Digest
	attrRead   = "read"
)

// Attributes of a person beside those of a member.
const (
	attrRoom    = "room"
	attrBlocked = "blocked"
	attrPName   = "pName"
	attrPEmail  = "pEmail"
	attrPTopic  = "pTopic"
	attrPURL    = "pURL"
	attrPTitle  = "pTitle"
	attrPLang   = "pLang"
)

// Attributes of a canned message beside its text.
const (
	attrTitle    = "title"
	attrPosition = "position"
	attrVersion  = "version"
)

// Attributes of a message and a connection.
const (
	attrFrom  = "from"
	attrBy    = "by"
	attrText  = "text"
	attrEvent = "event"
	attrVoid  = "void"
	attrRole  = "role"
	attrTTL   = "ttl" // seconds since the epoch: when DynamoDB may delete the item
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

// named is what a token of an expression stands for: #rev is rev, #myConn is cConn, aConn or conn.
func named(side chat.Side, token string) string {
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

// dueShard spreads the rooms that are due over chat.DueShards keys.
func dueShard(id chat.RoomID) string {
	h := fnv.New32a()
	h.Write([]byte(id))
	return shardKey(int(h.Sum32() % chat.DueShards))
}

func shardKey(shard int) string { return strconv.Itoa(shard) }
