package memory

// Condition names one part of one write's condition. A test can leave it out and see what notices.
type Condition string

// The parts of the conditions of a Store's writes.
const (
	OpenLastRoom      Condition = "OpenRoom / the customer's last room is the one named"
	OpenNotBlocked    Condition = "OpenRoom / the customer is not blocked"
	OpenNoNewer       Condition = "OpenRoom / no newer connection of the customer is seated"
	OpenNotTooSoon    Condition = "OpenRoom / the previous burst of starts began long enough ago"
	OpenRoomIsNew     Condition = "OpenRoom / the room is new"
	OpenPlaceIsFree   Condition = "OpenRoom / the first place is free"
	ChangeRev         Condition = "ChangeRoom / the rev is unchanged"
	ChangePlaceIsFree Condition = "ChangeRoom / the place is free"
	PutPlaceIsFree    Condition = "PutMessage / the place is free"

	SendHolder     Condition = "Send / holds the side"
	SendIsOpen     Condition = "Send / the room is open"
	SendNoNewer    Condition = "Send / no newer connection is seated"
	SendNextNumber Condition = "Send / it is the next number"
	SendNotFull    Condition = "Send / the room is not full"
	SendNotAtBound Condition = "Send / the room is not at its bound"
	SendNotTooFast Condition = "Send / the previous burst began long enough ago"

	SettledForward Condition = "SetSettled / forward"

	SeatInRoomHolder  Condition = "SeatInRoom / holds the side"
	SeatInRoomIsOpen  Condition = "SeatInRoom / the room is open"
	SeatInRoomNoNewer Condition = "SeatInRoom / no newer connection is seated"
	SeatInRoomNotYet  Condition = "SeatInRoom / not seated yet"

	UnseatInRoomExactly Condition = "UnseatInRoom / exactly this connection"
	UnseatInRoomIsOpen  Condition = "UnseatInRoom / the room is open"

	MarkLostExactly  Condition = "MarkLost / exactly this connection"
	MarkLostIsOpen   Condition = "MarkLost / the room is open"
	MarkLostNotYoung Condition = "MarkLost / the connection is not young"
	MarkLostNotGone  Condition = "MarkLost / not gone"
	MarkLostNotYet   Condition = "MarkLost / not marked yet"

	MarkPresentExactly  Condition = "MarkPresent / exactly this connection"
	MarkPresentIsOpen   Condition = "MarkPresent / the room is open"
	MarkPresentIsMarked Condition = "MarkPresent / marked"

	ReadHolder      Condition = "MarkRead / holds the side"
	ReadNoNewer     Condition = "MarkRead / no newer connection is seated"
	ReadForward     Condition = "MarkRead / forward"
	ReadPlaceExists Condition = "MarkRead / a place that exists"

	RateHolder   Condition = "Rate / holds the side"
	RateHasEnded Condition = "Rate / the room has ended"
	RateNoNewer  Condition = "Rate / no newer connection is seated"
	RateNotOften Condition = "Rate / the room was not rated often"
	RateNoRepeat Condition = "Rate / it is another rating or another connection's"

	SweepSoonerIsActive Condition = "SweepSooner / the room is active"
	SweepSoonerIsLater  Condition = "SweepSooner / the next sweep is later"

	RelistRev Condition = "Relist / the rev is unchanged"

	CountedRev   Condition = "SetCounted / the rev is unchanged"
	StatsLighter Condition = "PutStats / the stored row has no greater weight"

	CannedIsNew     Condition = "PutCanned / there is none yet"
	CannedUnchanged Condition = "PutCanned / the version is unchanged"
	CannedIsThis    Condition = "DeleteCanned / it has the version"

	ShopIsNew Condition = "PutShop / there is no such version yet"

	SeatPersonNoNewer      Condition = "SeatPerson / no newer connection is seated"
	SeatPersonNotYet       Condition = "SeatPerson / not seated yet"
	UnseatPersonExactly    Condition = "UnseatPerson / exactly this connection"
	CountConnectionIsBelow Condition = "CountConnection / fewer came from this address in this minute"
	SetLoadIsConnected     Condition = "SetLoad / the agent is connected"
	AddLoadIsConnected     Condition = "AddLoad / the agent is connected"
	BlockedIsKnown         Condition = "SetBlocked / the customer is known"
	StatusIsKnown          Condition = "SetStatus / the agent is known"
	StatusNoNewer          Condition = "SetStatus / no newer connection is seated"
)

// Conditions lists all parts.
func Conditions() []Condition {
	return []Condition{
		OpenLastRoom, OpenNotBlocked, OpenNoNewer, OpenNotTooSoon, OpenRoomIsNew, OpenPlaceIsFree, ChangeRev, ChangePlaceIsFree, PutPlaceIsFree,
		SendHolder, SendIsOpen, SendNoNewer, SendNextNumber, SendNotFull, SendNotAtBound, SendNotTooFast,
		SettledForward,
		SeatInRoomHolder, SeatInRoomIsOpen, SeatInRoomNoNewer, SeatInRoomNotYet,
		UnseatInRoomExactly, UnseatInRoomIsOpen,
		MarkLostExactly, MarkLostIsOpen, MarkLostNotYoung, MarkLostNotGone, MarkLostNotYet,
		MarkPresentExactly, MarkPresentIsOpen, MarkPresentIsMarked,
		ReadHolder, ReadNoNewer, ReadForward, ReadPlaceExists,
		RateHolder, RateHasEnded, RateNoNewer, RateNotOften, RateNoRepeat,
		SweepSoonerIsActive, SweepSoonerIsLater,
		RelistRev,
		CountedRev, StatsLighter,
		CannedIsNew, CannedUnchanged, CannedIsThis,
		ShopIsNew,
		SeatPersonNoNewer, SeatPersonNotYet, UnseatPersonExactly, CountConnectionIsBelow, SetLoadIsConnected, AddLoadIsConnected, BlockedIsKnown, StatusIsKnown, StatusNoNewer,
	}
}

// Without makes the store ignore one part of its conditions, and returns the store.
func (s *Store) Without(c Condition) *Store {
	s.omitted = c
	return s
}

// holds tells whether a part of a condition holds, or is left out.
func (s *Store) holds(c Condition, holds bool) bool { return holds || c == s.omitted }
