package dynamo

import "rejoin/internal/chat"

// Attributes of a member: with the prefix of its side in a room (cConn, aConn), without one in a person's own item. The
// customer's who is the room's customerId.
const (
	attrWho     = "who"
	attrName    = "name"
	attrConn    = "conn" // in agents: RANGE of the index `online`, which so has connected agents only
	attrAt      = "at"
	attrPrev    = "prev"
	attrGone    = "gone"
	attrLost    = "lost"
	attrNo      = "no"
	attrNext    = "next"
	attrNoSeq   = "nseq" // noSeq
	attrNoAt    = "nat"  // noAt
	attrDigest  = "dig"  // digest
	attrBurstAt = "run"  // burstAt
	attrRead    = "read"
)

func sides() []chat.Side { return []chat.Side{chat.Customer, chat.Agent} }

func memberAttributes() []string {
	return []string{
		attrWho, attrName, attrConn, attrAt, attrPrev, attrGone, attrLost,
		attrNo, attrNext, attrNoSeq, attrNoAt, attrDigest, attrBurstAt, attrRead,
	}
}

// encodeMember stores the read mark even if it is 0, because a condition compares it.
func encodeMember(it item, side chat.Side, m chat.Member) {
	withText(it, attribute(side, attrWho), m.Who)
	withText(it, attribute(side, attrName), m.Name)
	encodeSeat(it, side, m.Seat)
	withNumber(it, attribute(side, attrNo), m.No)
	withNumber(it, attribute(side, attrNext), m.Next)
	withNumber(it, attribute(side, attrNoSeq), m.NoSeq)
	withNumber(it, attribute(side, attrNoAt), m.NoAt)
	withText(it, attribute(side, attrDigest), m.Digest)
	withNumber(it, attribute(side, attrBurstAt), m.BurstAt)
	it[attribute(side, attrRead)] = number(m.Read)
}

func decodeMember(d *itemReader, side chat.Side) chat.Member {
	return chat.Member{
		Who:     readText[chat.PersonID](d, attribute(side, attrWho)),
		Name:    readText[string](d, attribute(side, attrName)),
		Seat:    decodeSeat(d, side),
		No:      readNumber[int](d, attribute(side, attrNo)),
		Next:    readNumber[int](d, attribute(side, attrNext)),
		NoSeq:   readNumber[int64](d, attribute(side, attrNoSeq)),
		NoAt:    readNumber[chat.Millis](d, attribute(side, attrNoAt)),
		Digest:  readText[string](d, attribute(side, attrDigest)),
		BurstAt: readNumber[chat.Millis](d, attribute(side, attrBurstAt)),
		Read:    readNumber[int64](d, attribute(side, attrRead)),
	}
}

func encodeSeat(it item, side chat.Side, s chat.Seat) {
	withText(it, attribute(side, attrConn), s.Conn)
	withNumber(it, attribute(side, attrAt), s.At)
	withText(it, attribute(side, attrPrev), s.Prev)
	withNumber(it, attribute(side, attrGone), s.Gone)
	withFlag(it, attribute(side, attrLost), s.Lost)
}

func decodeSeat(d *itemReader, side chat.Side) chat.Seat {
	return chat.Seat{
		Conn: readText[chat.ConnectionID](d, attribute(side, attrConn)),
		At:   readNumber[chat.Stamp](d, attribute(side, attrAt)),
		Prev: readText[chat.ConnectionID](d, attribute(side, attrPrev)),
		Gone: readNumber[chat.Millis](d, attribute(side, attrGone)),
		Lost: readFlag(d, attribute(side, attrLost)),
	}
}
