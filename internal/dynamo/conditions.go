package dynamo

import "rejoin/internal/chat"

// The conditions and updates of every write, in DynamoDB's expression language. The token #x stands for the attribute
// x (see storedName), #myX for the X of the member whose side is meant (in a person's item, the person's), and :x for
// a value.

// and joins the parts of a condition. No part contains it, so a condition can be split at it.
const and = " AND "

// The parts of conditions.
const (
	isOpen            = "#status <> :ended" // true for no item: never alone
	isActive          = "#status = :active"
	hasEnded          = "#status = :ended"
	isHolder          = "#myWho = :who"
	noNewerConnection = "(attribute_not_exists(#myAt) OR #myAt <= :at)"
	notSeatedYet      = "(attribute_not_exists(#myConn) OR #myConn <> :conn)"
	isThisConnection  = "#myConn = :conn"
	isNotYoung        = "#myAt <= :youngest"
	isMarked          = "(attribute_exists(#myGone) OR attribute_exists(#myLost))"
	isNotGone         = "attribute_not_exists(#myGone)"
	isNotLost         = "attribute_not_exists(#myLost)"
	isNextNumber      = "#myNext = :no"
	isNotFull         = "#seq < :most"
	isNotAtBound      = "(attribute_not_exists(#bound) OR #seq < #bound)"
	isNotTooFast      = "(attribute_not_exists(#myBurstAt) OR #myBurstAt <= :previousBurstBy)"
	movesForward      = "#myRead < :seq"
	settlesMore       = "#settled < :settled" // false for no item
	placeExists       = "#seq >= :seq"
	isLater           = "#sweepAt > :sweepAt"
	isNotRatedOften   = "(attribute_not_exists(#ratings) OR #ratings < :most)"
	isOtherRating     = "(attribute_not_exists(#score) OR #score <> :score OR attribute_not_exists(#comment) OR #comment <> :comment OR #myConn <> :conn)"
	isOtherScore      = "(attribute_not_exists(#score) OR #score <> :score OR attribute_exists(#comment) OR #myConn <> :conn)"
	revUnchanged      = "#rev = :before"
	placeIsFree       = "attribute_not_exists(#place)"
	roomIsNew         = "attribute_not_exists(#roomId)"
	hasNoRoomYet      = "attribute_not_exists(#room)"
	lastRoomIsThis    = "#room = :last"
	hasNoOtherRoom    = "(attribute_not_exists(#room) OR #room = :last)"
	isNotTooSoon      = "(attribute_not_exists(#startAt) OR #startAt <= :previousBurstBy)"
	isNotBlocked      = "(attribute_not_exists(#blocked) OR #blocked = :no)"
	isBelowLimit      = "(attribute_not_exists(#count) OR #count < :most)"
	isConnected       = "attribute_exists(#myConn)"
	isKnown           = "attribute_exists(#myAt)"
	isNew             = "attribute_not_exists(#version)"
	isThisVersion     = "#version = :before"
	isNotLighter      = "(attribute_not_exists(#weight) OR #weight <= :weight)"
)

// The parts of updates. :none keeps a person's first SeatPerson from reading a prev that does not exist.
// extendUnlessBlocked relies on `blocked` being no number: as a ttl it never expires.
const (
	raiseRev            = "#rev = #rev + :one"
	takeSeat            = "#myConn = :conn, #myAt = :at"
	clearMarks          = "REMOVE #myGone, #myLost"
	rememberPrevious    = "#myPrev = if_not_exists(#myConn, if_not_exists(#myPrev, :none))"
	extendUnlessBlocked = "#ttl = if_not_exists(#blocked, :ttl)"
)

// write is one conditional UpdateItem or, without update, PutItem or DeleteItem.
type write struct{ name, condition, update string }

// The writes to a room.
func sendWrite(by chat.Side, beginsBurst bool) write {
	notTooFast, burst := "", ""
	asked, answered := ", #askedAt = if_not_exists(#askedAt, :now)", ""
	if by == chat.Agent {
		asked, answered = "", ", #askedAt"
	}
	if beginsBurst {
		notTooFast, burst = and+isNotTooFast, ", #myBurstAt = :now"
	}
	return write{
		"Send", isHolder + and + isOpen + and + noNewerConnection + and + isNextNumber + and + isNotFull + and + isNotAtBound + notTooFast,
		"SET " + raiseRev + ", " + takeSeat + ", #seq = #seq + :one, #preview = :preview, #myNo = :no, #myNext = :next, " +
			"#myNoSeq = #seq + :one, #myNoAt = :now, #myDigest = :digest" + burst + asked + " " + clearMarks + answered,
	}
}

func setSettledWrite() write {
	return write{"SetSettled", settlesMore, "SET " + raiseRev + ", #settled = :settled, #bound = :bound"}
}

func seatInRoomWrite() write {
	return write{
		"SeatInRoom", isHolder + and + isOpen + and + noNewerConnection + and + notSeatedYet,
		"SET " + raiseRev + ", " + takeSeat + ", " + rememberPrevious + " " + clearMarks,
	}
}

func unseatInRoomWrite() write {
	return write{
		"UnseatInRoom", isThisConnection + and + isOpen,
		"SET " + raiseRev + ", #myGone = if_not_exists(#myGone, :now) REMOVE #myConn, #myLost",
	}
}

func markLostWrite() write {
	return write{
		"MarkLost", isThisConnection + and + isOpen + and + isNotYoung + and + isNotGone + and + isNotLost,
		"SET " + raiseRev + ", #myLost = :lost",
	}
}

func markPresentWrite() write {
	return write{"MarkPresent", isThisConnection + and + isOpen + and + isMarked, "SET " + raiseRev + " " + clearMarks}
}

func markReadWrite() write {
	return write{
		"MarkRead", isHolder + and + noNewerConnection + and + movesForward + and + placeExists,
		"SET " + raiseRev + ", #myRead = :seq",
	}
}

// rateWrite removes the comment of an earlier rating if this one has none.
func rateWrite(commented bool) write {
	set, noRepeat := "SET "+raiseRev+", "+takeSeat+", #score = :score, #uncounted = :uncounted", isOtherScore
	if commented {
		set += ", #comment = :comment " + clearMarks
		noRepeat = isOtherRating
	} else {
		set += " " + clearMarks + ", #comment"
	}
	return write{"Rate", isHolder + and + hasEnded + and + noNewerConnection + and + isNotRatedOften + and + noRepeat, set + " ADD #ratings :one"}
}

func sweepSoonerWrite() write {
	return write{"SweepSooner", isActive + and + isLater, "SET " + raiseRev + ", #sweepAt = :sweepAt"}
}

func relistWrite() write {
	return write{"Relist", revUnchanged, "SET " + raiseRev + ", #queue = :queue, #sweepAt = :sweepAt"}
}

func setCountedWrite() write {
	return write{"SetCounted", revUnchanged, "SET " + raiseRev + " REMOVE #uncounted"}
}

// changeWrite writes the whole room; set is made by its codec.
func changeWrite(set string) write { return write{"ChangeRoom", revUnchanged, set} }

// The writes to a person.
func seatPersonWrite(set string) write {
	return write{"SeatPerson", noNewerConnection + and + notSeatedYet, "SET " + takeSeat + ", " + rememberPrevious + set}
}

func unseatPersonWrite() write {
	return write{"UnseatPerson", isThisConnection, "REMOVE #myConn, #load"}
}

// The load is in an index of connected agents only while they have a connection.
func setLoadWrite() write { return write{"SetLoad", isConnected, "SET #load = :load"} }
func addLoadWrite() write { return write{"AddLoad", isConnected, "ADD #load :by"} }

// countConnectionWrite counts a connection. The first of a minute makes the row.
func countConnectionWrite() write {
	return write{"CountConnection", isBelowLimit, "SET #ttl = :ttl ADD #count :one"}
}

func setStatusWrite() write {
	return write{"SetStatus", isKnown + and + noNewerConnection, "SET #status = :status"}
}

func setBlockedWrite(blocked bool) write {
	if blocked {
		return write{"SetBlocked", isKnown, "SET #blocked = :blocked, #ttl = :ttl"}
	}
	return write{"SetBlocked", isKnown, "SET #ttl = :ttl REMOVE #blocked"}
}

// openCustomerWrite makes a room the customer's last one; set has their profile.
func openCustomerWrite(by chat.Start, set string) write {
	when := lastRoomIsThis
	if by.Last == "" {
		when = hasNoRoomYet
	}
	when += and + noNewerConnection + and + isNotBlocked
	if by.PreviousBurstBy != 0 {
		when, set = when+and+isNotTooSoon, set+", #startAt = :startAt"
	}
	return write{"OpenRoom: customer", when, "SET #room = :room, #ttl = :ttl" + set + " ADD #chats :one"}
}

// The deletes of an erasure. A customer without a last room has already been deleted, or is new: in neither case have
// they opened a room since.
func eraseWrite() write    { return write{"Erase", hasNoOtherRoom, ""} }
func eraseRowWrite() write { return write{"Erase: row", "", ""} }

// The writes to a canned message.
func putCannedWrite(before int) write {
	set := "SET #title = :title, #text = :text, #position = :position, #version = :version"
	if before == 0 {
		return write{"PutCanned: new", isNew, set}
	}
	return write{"PutCanned: edit", isThisVersion, set}
}

func deleteCannedWrite(version int) write {
	if version == 0 {
		return write{"DeleteCanned: any", "", ""}
	}
	return write{"DeleteCanned", isThisVersion, ""}
}

// putStatsWrite is the same for all kinds of rows: the last writer may have seen less.
func putStatsWrite(set string) write { return write{"PutStats", isNotLighter, set} }

// The puts.
func openRoomPut() write    { return write{"OpenRoom: room", roomIsNew, ""} }
func openMessagePut() write { return write{"OpenRoom: message", placeIsFree, ""} }
func changePut() write      { return write{"ChangeRoom: message", placeIsFree, ""} }
func handledPut() write     { return write{"ChangeRoom: handled", "", ""} } // a repeat writes the same
func messagePut() write     { return write{"PutMessage", placeIsFree, ""} }
func shopPut() write        { return write{"PutShop", isNew, ""} }
