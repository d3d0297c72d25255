package dynamo

import "rejoin/internal/chat"

func sides() []chat.Side { return []chat.Side{chat.Customer, chat.Agent} }

func memberAttributes() []string {
	return []string{
		attrWho, attrName, attrConn, attrAt, attrPrev, attrGone, attrLost,
		attrNo, attrNext, attrNoSeq, attrNoAt, attrDigest, attrRun, attrRead,
	}
}

// encodeMember stores the read mark even at 0, because a condition compares it.
func encodeMember(it item, side chat.Side, m chat.Member) {
	with(it, attribute(side, attrWho), m.Who)
	with(it, attribute(side, attrName), m.Name)
	encodeSeat(it, side, m.Seat)
	withNumber(it, attribute(side, attrNo), m.No)
	withNumber(it, attribute(side, attrNext), m.Next)
	withNumber(it, attribute(side, attrNoSeq), m.NoSeq)
	withNumber(it, attribute(side, attrNoAt), m.NoAt)
	with(it, attribute(side, attrDigest), m.Digest)
	withNumber(it, attribute(side, attrRun), m.BurstAt)
	it[attribute(side, attrRead)] = number(m.Read)
}

func decodeMember(d *reader, side chat.Side) chat.Member {
	return chat.Member{
		Who:     read[chat.PersonID](d, attribute(side, attrWho)),
		Name:    read[string](d, attribute(side, attrName)),
		Seat:    decodeSeat(d, side),
		No:      readNumber[int](d, attribute(side, attrNo)),
		Next:    readNumber[int](d, attribute(side, attrNext)),
		NoSeq:   readNumber[int64](d, attribute(side, attrNoSeq)),
		NoAt:    readNumber[chat.Millis](d, attribute(side, attrNoAt)),
		Digest:  read[string](d, attribute(side, attrDigest)),
		BurstAt: readNumber[chat.Millis](d, attribute(side, attrRun)),
		Read:    readNumber[int64](d, attribute(side, attrRead)),
	}
}

func encodeSeat(it item, side chat.Side, s chat.Seat) {
	with(it, attribute(side, attrConn), s.Conn)
	withNumber(it, attribute(side, attrAt), s.At)
	with(it, attribute(side, attrPrev), s.Prev)
	withNumber(it, attribute(side, attrGone), s.Gone)
	withFlag(it, attribute(side, attrLost), s.Lost)
}

func decodeSeat(d *reader, side chat.Side) chat.Seat {
	return chat.Seat{
		Conn: read[chat.ConnectionID](d, attribute(side, attrConn)),
		At:   readNumber[chat.Stamp](d, attribute(side, attrAt)),
		Prev: read[chat.ConnectionID](d, attribute(side, attrPrev)),
		Gone: readNumber[chat.Millis](d, attribute(side, attrGone)),
		Lost: readFlag(d, attribute(side, attrLost)),
	}
}
