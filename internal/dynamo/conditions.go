package dynamo

import "rejoin/internal/chat"

// The conditions and updates of every write, in DynamoDB's expression language. The token #x is the attribute x, and
// #myX the X of the member whose side is meant (in a person's item, the person's); :x is a value.

// and joins the parts of a condition. No part contains it, so a condition comes apart again at it.
const and = " AND "

// The parts of conditions.
const (
	isOpen         = "#status <> :ended" // true where there is no item: never alone
	isActive       = "#status = :active"
	isOver         = "#status = :ended"
	holdsTheSide   = "#myWho = :who"
	noNewerSits    = "(attribute_not_exists(#myAt) OR #myAt <= :at)"
	notSeatedYet   = "(attribute_not_exists(#myConn) OR #myConn <> :conn)"
	exactlyThis    = "#myConn = :conn"
	isNotYoung     = "#myAt <= :youngest"
	isMarked       = "(attribute_exists(#myGone) OR attribute_exists(#myLost))"
	isNotGone      = "attribute_not_exists(#myGone)"
	isNotLost      = "attribute_not_exists(#myLost)"
	isNextNumber   = "#myNext = :no"
	isNotFull      = "#seq < :most"
	isNotTooFast   = "(attribute_not_exists(#myRun) OR #myRun <= :lastRun)"
	movesForward   = "#myRead < :seq"
	isGivenOut     = "#seq >= :seq"
	isLater        = "#sweepAt > :sweepAt"
	revUnchanged   = "#rev = :before"
	placeIsFree    = "attribute_not_exists(#place)"
	roomIsNew      = "attribute_not_exists(#roomId)"
	hasNoRoomYet   = "attribute_not_exists(#room)"
	lastRoomIsThis = "#room = :last"
	hasNoOtherRoom = "(attribute_not_exists(#room) OR #room = :last)"
	isNotBlocked   = "(attribute_not_exists(#blocked) OR #blocked = :no)"
	isKnown        = "attribute_exists(#myAt)"
	isNew          = "attribute_not_exists(#version)"
	isThisVersion  = "#version = :before"
	isNotLighter   = "(attribute_not_exists(#weight) OR #weight <= :weight)"
)

// The parts of updates. Without :none, a person's first Sit would read a prev that is not there. A block is for good, so the
// ttl of who is blocked is what `blocked` is: no number, which never comes.
const (
	raiseRev = "#rev = #rev + :one"
	takeSeat = "#myConn = :conn, #myAt = :at"
	noMarks  = "REMOVE #myGone, #myLost"
	keepPrev = "#myPrev = if_not_exists(#myConn, if_not_exists(#myPrev, :none))"
	keepLong = "#ttl = if_not_exists(#blocked, :ttl)"
)

// write is one conditional UpdateItem or, without set, PutItem or DeleteItem.
type write struct{ name, when, set string }

// The writes to a room.
func sendWrite(by chat.Side, beginsRun bool) write {
	when, run := "", ""
	asked, answered := ", #asked = if_not_exists(#asked, :now)", ""
	if by == chat.Agent {
		asked, answered = "", ", #asked"
	}
	if beginsRun {
		when, run = and+isNotTooFast, ", #myRun = :now"
	}
	return write{
		"Send", holdsTheSide + and + isOpen + and + noNewerSits + and + isNextNumber + and + isNotFull + when,
		"SET " + raiseRev + ", " + takeSeat + ", #seq = #seq + :one, #last = :preview, #myNo = :no, #myNext = :next, " +
			"#myNseq = #seq + :one, #myNat = :now, #myDig = :digest" + run + asked + " " + noMarks + answered,
	}
}

func seatWrite() write {
	return write{
		"SeatInRoom", holdsTheSide + and + isOpen + and + noNewerSits + and + notSeatedYet,
		"SET " + raiseRev + ", " + takeSeat + ", " + keepPrev + " " + noMarks,
	}
}

func unseatWrite() write {
	return write{
		"UnseatInRoom", exactlyThis + and + isOpen,
		"SET " + raiseRev + ", #myGone = if_not_exists(#myGone, :now) REMOVE #myConn, #myLost",
	}
}

func markLostWrite() write {
	return write{
		"MarkLost", exactlyThis + and + isOpen + and + isNotYoung + and + isNotGone + and + isNotLost,
		"SET " + raiseRev + ", #myLost = :lost",
	}
}

func healWrite() write {
	return write{"MarkPresent", exactlyThis + and + isOpen + and + isMarked, "SET " + raiseRev + " " + noMarks}
}

func markReadWrite() write {
	return write{
		"MarkRead", holdsTheSide + and + noNewerSits + and + movesForward + and + isGivenOut,
		"SET " + raiseRev + ", #myRead = :seq",
	}
}

// rateWrite takes away the comment of an earlier rating where this one has none.
func rateWrite(commented bool) write {
	set := "SET " + raiseRev + ", " + takeSeat + ", #score = :score, #uncounted = :uncounted"
	if commented {
		set += ", #comment = :comment " + noMarks
	} else {
		set += " " + noMarks + ", #comment"
	}
	return write{"Rate", holdsTheSide + and + isOver + and + noNewerSits, set}
}

func pullWrite() write {
	return write{"SweepSooner", isActive + and + isLater, "SET " + raiseRev + ", #sweepAt = :sweepAt"}
}

func setCountedWrite() write {
	return write{"SetCounted", revUnchanged, "SET " + raiseRev + " REMOVE #uncounted"}
}

// changeWrite says the whole room; set is made from its codec.
func changeWrite(set string) write { return write{"ChangeRoom", revUnchanged, set} }

// The writes to a person.
func sitWrite(set string) write {
	return write{"SeatPerson", noNewerSits + and + notSeatedYet, "SET " + takeSeat + ", " + keepPrev + set}
}

func unsitWrite() write { return write{"UnseatPerson", exactlyThis, "REMOVE #myConn"} }

func setStatusWrite() write {
	return write{"SetStatus", isKnown + and + noNewerSits, "SET #status = :status"}
}

func setBlockedWrite(blocked bool) write {
	if blocked {
		return write{"SetBlocked", isKnown, "SET #blocked = :blocked, #ttl = :ttl"}
	}
	return write{"SetBlocked", isKnown, "SET #ttl = :ttl REMOVE #blocked"}
}

// openWrite makes a room the customer's last one; set is what is said of them.
func openWrite(last, set string) write {
	when := lastRoomIsThis
	if last == "" {
		when = hasNoRoomYet
	}
	return write{"OpenRoom: customer", when + and + noNewerSits + and + isNotBlocked, "SET #room = :room, #ttl = :ttl" + set + " ADD #chats :one"}
}

// The deletes of an erasure. A customer without a last room is gone already, or new: neither has opened one since.
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

// putStatsWrite is the same for every kind of row: what was counted last may be what was seen least.
func putStatsWrite(set string) write { return write{"PutStats", isNotLighter, set} }

// The puts.
func openRoomPut() write    { return write{"OpenRoom: room", roomIsNew, ""} }
func openMessagePut() write { return write{"OpenRoom: message", placeIsFree, ""} }
func changePut() write      { return write{"ChangeRoom: message", placeIsFree, ""} }
func handledPut() write     { return write{"ChangeRoom: handled", "", ""} } // the same whoever repeats it
func messagePut() write     { return write{"PutMessage", placeIsFree, ""} }
