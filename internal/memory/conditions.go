package memory

// Condition names one part of one write's condition, so that a test can leave it out and see who notices.
type Condition string

// The parts of the conditions of a Store's writes.
const (
	OpenLastRoom      Condition = "Open / the customer's last room is the one named"
	OpenNotBlocked    Condition = "Open / the customer is not blocked"
	OpenNoNewerSits   Condition = "Open / no newer connection of the customer sits"
	OpenRoomIsNew     Condition = "Open / the room is new"
	OpenPlaceIsFree   Condition = "Open / the first place is free"
	ChangeRev         Condition = "Change / the rev is unchanged"
	ChangePlaceIsFree Condition = "Change / the place is free"
	PutPlaceIsFree    Condition = "PutMessage / the place is free"

	SendHolder      Condition = "Send / holds the side"
	SendIsOpen      Condition = "Send / the room is open"
	SendNoNewerSits Condition = "Send / no newer connection sits"
	SendNextNumber  Condition = "Send / it is the next number"
	SendNotFull     Condition = "Send / the room is not full"
	SendNotTooFast  Condition = "Send / the run of texts before began long enough ago"

	SeatHolder      Condition = "Seat / holds the side"
	SeatIsOpen      Condition = "Seat / the room is open"
	SeatNoNewerSits Condition = "Seat / no newer connection sits"
	SeatNotYet      Condition = "Seat / not seated yet"

	UnseatExactly Condition = "Unseat / exactly this connection"
	UnseatIsOpen  Condition = "Unseat / the room is open"

	MarkLostExactly  Condition = "MarkLost / exactly this connection"
	MarkLostIsOpen   Condition = "MarkLost / the room is open"
	MarkLostNotYoung Condition = "MarkLost / the connection is not young"
	MarkLostNotGone  Condition = "MarkLost / not gone"
	MarkLostNotYet   Condition = "MarkLost / not marked yet"

	HealExactly Condition = "Heal / exactly this connection"
	HealIsOpen  Condition = "Heal / the room is open"
	HealIsGone  Condition = "Heal / marked"

	ReadHolder      Condition = "MarkRead / holds the side"
	ReadNoNewerSits Condition = "MarkRead / no newer connection sits"
	ReadForward     Condition = "MarkRead / forward"
	ReadGivenOut    Condition = "MarkRead / a number that was given out"

	RateHolder      Condition = "Rate / holds the side"
	RateIsOver      Condition = "Rate / the room is over"
	RateNoNewerSits Condition = "Rate / no newer connection sits"

	PullIsActive Condition = "Pull / the room is active"
	PullIsLater  Condition = "Pull / the next look is later"

	CountedRev   Condition = "SetCounted / the rev is unchanged"
	StatsLighter Condition = "PutStats / none of a greater weight"

	CannedIsNew     Condition = "PutCanned / there is none yet"
	CannedUnchanged Condition = "PutCanned / the version is unchanged"
	CannedIsThis    Condition = "DeleteCanned / it has the version"

	SitNoNewerSits    Condition = "Sit / no newer connection sits"
	SitNotYet         Condition = "Sit / not seated yet"
	UnsitExactly      Condition = "Unsit / exactly this connection"
	BlockedIsKnown    Condition = "SetBlocked / a known customer"
	StatusIsKnown     Condition = "SetStatus / a known agent"
	StatusNoNewerSits Condition = "SetStatus / no newer connection sits"
)

// Conditions are all of them.
func Conditions() []Condition {
	return []Condition{
		OpenLastRoom, OpenNotBlocked, OpenNoNewerSits, OpenRoomIsNew, OpenPlaceIsFree, ChangeRev, ChangePlaceIsFree, PutPlaceIsFree,
		SendHolder, SendIsOpen, SendNoNewerSits, SendNextNumber, SendNotFull, SendNotTooFast,
		SeatHolder, SeatIsOpen, SeatNoNewerSits, SeatNotYet,
		UnseatExactly, UnseatIsOpen,
		MarkLostExactly, MarkLostIsOpen, MarkLostNotYoung, MarkLostNotGone, MarkLostNotYet,
		HealExactly, HealIsOpen, HealIsGone,
		ReadHolder, ReadNoNewerSits, ReadForward, ReadGivenOut,
		RateHolder, RateIsOver, RateNoNewerSits,
		PullIsActive, PullIsLater,
		CountedRev, StatsLighter,
		CannedIsNew, CannedUnchanged, CannedIsThis,
		SitNoNewerSits, SitNotYet, UnsitExactly, BlockedIsKnown, StatusIsKnown, StatusNoNewerSits,
	}
}

// Without makes the store forget one part of its conditions, and returns it.
func (s *Store) Without(c Condition) *Store {
	s.without = c
	return s
}

// on is a part of a condition: whether it holds, or is left out.
func (s *Store) on(c Condition, holds bool) bool { return holds || c == s.without }
