package contract

import (
	"cmp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// scene is a room that me, who holds one side of it, is about to write to.
type scene struct {
	*World
	me   chat.Caller
	room chat.Room // shaped by a trial, then stored
}

func (s *scene) member() *chat.Member { return s.room.Member(s.me.Side) }
func (s *scene) seat() *chat.Seat     { return &s.member().Seat }

// trial is a state of the room in which a write is tried.
type trial struct {
	name  string
	given func(*scene)
}

// roomWrite is a conditional write: its effect, the states in which it works and, for each part of its condition, a state in
// which only that part does not hold.
type roomWrite struct {
	name    string
	given   func(*scene) // the state in which it works
	call    func(*testing.T, *scene) (chat.Room, bool, error)
	want    func(*scene, *chat.Room) // what changes besides the rev
	works   []trial
	refused []trial
}

// Trials that several writes share.
var (
	roomEnded      = trial{"the room has ended", func(s *scene) { end(&s.room) }}
	anotherHolder  = trial{"another holds the side", func(s *scene) { s.member().Who += "x" }}
	newerSeated    = trial{"a newer connection is seated", func(s *scene) { *s.seat() = chat.Seat{Conn: "newer", At: s.me.At + 1} }}
	newerWasSeated = trial{"a newer connection was seated", func(s *scene) { *s.seat() = chat.Seat{At: s.me.At + 1, Gone: 5} }}
	anotherSeated  = trial{"another connection is seated", func(s *scene) { s.seat().Conn = "another" }}
	seatEmpty      = trial{"the seat is empty", func(s *scene) { s.seat().Conn = "" }}
)

// roomWriteChecks try each write on condition, as the customer and as the agent.
func roomWriteChecks() (parts []check) {
	for _, write := range []roomWrite{
		sendWrite(), sendBurstWrite(), setSettledWrite(), seatInRoomWrite(), unseatInRoomWrite(), markLostWrite(), markPresentWrite(), markReadWrite(),
		rateWrite("rate", chat.Rating{Score: 4, Comment: "빨라요\n<b>"}), rateWrite("rate without a comment", chat.Rating{Score: 4}), sweepSoonerWrite(),
	} {
		parts = append(parts, check{write.name, func(t *testing.T, w *World) {
			for _, me := range []chat.Caller{w.Customer(), w.Agent()} {
				t.Run(string(me.Side), func(t *testing.T) { testRoomWrite(t, w, me, write) })
			}
		}})
	}
	return parts
}

func testRoomWrite(t *testing.T, w *World, me chat.Caller, write roomWrite) {
	set := func(t *testing.T, extra func(*scene)) *scene {
		t.Helper()
		s := &scene{World: w, me: w.Reconnect(me)}
		customer, agent := w.Customer(), w.Agent()
		if me.Side == chat.Customer {
			customer = s.me
		} else {
			agent = s.me
		}
		r := w.newRoom(customer, "")
		s.room = r
		assign(&s.room, agent)
		s.room.Seq, s.room.Topic = 4, "kept"
		write.given(s)
		if extra != nil {
			extra(s)
		}
		p, err := w.Store.Person(t.Context(), customer.Who)
		require.NoError(t, err)
		ok, err := w.Store.OpenRoom(t.Context(), r, w.message(r, 1, chat.EventOpened), chat.Start{Last: p.Room})
		require.NoError(t, err)
		require.True(t, ok)
		ok, err = w.Store.ChangeRoom(t.Context(), r, s.room, nil)
		require.NoError(t, err)
		require.True(t, ok)
		s.room.Rev = r.Rev + 1
		return s
	}
	for _, works := range append([]trial{{"works", nil}}, write.works...) {
		t.Run(works.name, func(t *testing.T) {
			s := set(t, works.given)
			got, ok, err := write.call(t, s)
			require.NoError(t, err)
			assert.True(t, ok)
			want := clone(s.room)
			write.want(s, &want)
			want.Rev++
			sameRoom(t, want, got, "the room after the write comes back")
			w.assertStored(t, want)
		})
	}
	for _, refused := range write.refused {
		t.Run("refused: "+refused.name, func(t *testing.T) {
			s := set(t, refused.given)
			got, ok, err := write.call(t, s)
			require.NoError(t, err)
			assert.False(t, ok)
			sameRoom(t, s.room, got, "the room as it was found comes back")
			w.assertStored(t, s.room, "nothing was written")
		})
	}
	t.Run("refused: there is no such room", func(t *testing.T) {
		s := set(t, nil)
		s.room.ID = w.IDs.NewRoomID(w.Clock.Now(), s.room.ID)
		got, ok, err := write.call(t, s)
		require.NoError(t, err)
		assert.False(t, ok)
		assert.Zero(t, got)
		got, err = w.Store.Room(t.Context(), s.room.ID)
		require.NoError(t, err)
		assert.Zero(t, got, "nothing was written")
	})
}

// sent is me's third text.
func (s *scene) sent() chat.Send {
	return chat.Send{
		Room: s.room.ID, Side: s.me.Side, Who: s.me.Who, Conn: s.me.Conn, At: s.me.At,
		No: 3, Digest: "digest", Preview: "앞부분…", Now: s.room.Created + 9,
	}
}

// sendWrite is a text within a burst, no matter when the burst began.
func sendWrite() roomWrite {
	return roomWrite{
		name: "send",
		given: func(s *scene) {
			m := s.member()
			m.No, m.Next, m.NoSeq, m.NoAt, m.Digest, m.Read = 2, 3, 4, s.room.Created+1, "former", 1
			m.BurstAt = s.room.Created + 9
			m.Seat.Prev = "prev"
		},
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) { return s.Store.Send(t.Context(), s.sent()) },
		want: func(s *scene, r *chat.Room) {
			r.Seq++
			r.Preview = "앞부분…"
			m := r.Member(s.me.Side)
			m.No, m.Next, m.NoSeq, m.NoAt, m.Digest = 3, 4, r.Seq, s.room.Created+9, "digest"
			m.Seat = chat.Seat{Conn: s.me.Conn, At: s.me.At, Prev: "prev"}
			if s.me.Side == chat.Agent {
				r.AskedAt = 0
			} else {
				r.AskedAt = cmp.Or(r.AskedAt, s.room.Created+9)
			}
		},
		works: []trial{
			{"the customer has asked before", func(s *scene) { s.room.AskedAt = s.room.Created + 1 }},
			{"from a newer connection", func(s *scene) { s.seat().Conn, s.seat().At = "older", s.me.At-1 }},
			{"from a connection that was marked as gone", func(s *scene) { s.seat().Gone = 5 }},
			{"from a connection that was marked as lost", func(s *scene) { s.seat().Lost = true }},
			{"from a connection whose close was early", func(s *scene) { s.seat().Conn, s.seat().Gone = "", 5 }},
			{"a number was skipped", func(s *scene) { s.member().No = 1 }},
			{"there is one place left before its bound", func(s *scene) { s.room.Bound = s.room.Seq + 1 }},
			{"there is one place left", func(s *scene) { s.room.Seq = chat.MaxPlaces - 1 }},
		},
		refused: []trial{
			roomEnded, anotherHolder, newerSeated, newerWasSeated,
			{"its number is the last", func(s *scene) { s.member().No, s.member().Next = 3, 4 }},
			{"its number is older", func(s *scene) { s.member().No, s.member().Next = 8, 9 }},
			{"its number is one too far", func(s *scene) { s.member().No, s.member().Next = 1, 2 }},
			{"its number was skipped", func(s *scene) { s.member().Next = 4 }},
			{"the room is at its bound", func(s *scene) { s.room.Bound = s.room.Seq }},
			{"the room is beyond its bound", func(s *scene) { s.room.Bound = s.room.Seq - 1 }},
			{"the room is full", func(s *scene) { s.room.Seq = chat.MaxPlaces }},
			{"the room is more than full", func(s *scene) { s.room.Seq = chat.MaxPlaces + 1 }},
		},
	}
}

// sendBurstWrite is a text whose number begins a burst.
func sendBurstWrite() roomWrite {
	write := sendWrite()
	write.name = "send that begins a burst"
	in, out := write.given, write.want
	at := func(s *scene, d chat.Millis) chat.Millis { return s.room.Created + d }
	write.given = func(s *scene) {
		in(s)
		s.member().BurstAt = at(s, 5)
	}
	write.call = func(t *testing.T, s *scene) (chat.Room, bool, error) {
		send := s.sent()
		send.PreviousBurstBy = at(s, 5)
		return s.Store.Send(t.Context(), send)
	}
	write.want = func(s *scene, r *chat.Room) {
		out(s, r)
		r.Member(s.me.Side).BurstAt = at(s, 9)
	}
	write.works = append(write.works,
		trial{"no burst before", func(s *scene) { s.member().BurstAt = 0 }},
		trial{"the previous burst began long ago", func(s *scene) { s.member().BurstAt = at(s, 1) }},
	)
	write.refused = append(write.refused,
		trial{"the previous burst began just now", func(s *scene) { s.member().BurstAt = at(s, 6) }},
	)
	return write
}

func setSettledWrite() roomWrite {
	return roomWrite{
		name:  "set settled",
		given: func(s *scene) { s.room.Settled, s.room.Bound = 2, 5 },
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.SetSettled(t.Context(), s.room.ID, 4, 7)
		},
		want:  func(_ *scene, r *chat.Room) { r.Settled, r.Bound = 4, 7 },
		works: []trial{{"without a bound", func(s *scene) { s.room.Bound = 0 }}},
		refused: []trial{
			{"as much is settled", func(s *scene) { s.room.Settled = 4 }},
			{"more is settled", func(s *scene) { s.room.Seq, s.room.Settled = 6, 6 }},
		},
	}
}

func seatInRoomWrite() roomWrite {
	return roomWrite{
		name: "seat in room",
		given: func(s *scene) {
			*s.seat() = chat.Seat{Conn: "older", At: s.me.At - 1, Prev: "oldest", Lost: true}
		},
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.SeatInRoom(t.Context(), s.room.ID, s.me)
		},
		want: func(s *scene, r *chat.Room) {
			was := s.seat()
			r.Member(s.me.Side).Seat = chat.Seat{Conn: s.me.Conn, At: s.me.At, Prev: cmp.Or(was.Conn, was.Prev)}
		},
		works: []trial{
			{"the seat is empty: the connection replaced before stays known", seatEmpty.given},
			{"its own close came before its join", func(s *scene) { s.seat().Conn, s.seat().At = "", s.me.At }},
			{"no connection was ever seated", func(s *scene) { *s.seat() = chat.Seat{} }},
		},
		refused: []trial{
			roomEnded, anotherHolder, newerSeated, newerWasSeated,
			{"it is seated already", func(s *scene) { s.seat().Conn, s.seat().At = s.me.Conn, s.me.At }},
		},
	}
}

func unseatInRoomWrite() roomWrite {
	const now = 77
	return roomWrite{
		name:  "unseat in room",
		given: func(s *scene) { s.seat().Prev = "prev" },
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.UnseatInRoom(t.Context(), s.room.ID, s.me.Side, s.me.Conn, now)
		},
		want: func(s *scene, r *chat.Room) {
			seat := &r.Member(s.me.Side).Seat
			seat.Conn, seat.Gone, seat.Lost = "", cmp.Or(seat.Gone, now), false
		},
		works: []trial{
			{"it was gone before: since then", func(s *scene) { s.seat().Gone = 5 }},
			{"it was marked as lost: since now", func(s *scene) { s.seat().Lost = true }},
		},
		refused: []trial{roomEnded, newerSeated, newerWasSeated, anotherSeated, seatEmpty},
	}
}

func markLostWrite() roomWrite {
	return roomWrite{
		name:  "mark lost",
		given: func(s *scene) { s.seat().Prev = "prev" },
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.MarkLost(t.Context(), s.room.ID, s.me.Side, s.me.Conn, s.me.At)
		},
		want:  func(s *scene, r *chat.Room) { r.Member(s.me.Side).Seat.Lost = true },
		works: []trial{{"it is older than the youngest", func(s *scene) { s.seat().At-- }}},
		refused: []trial{
			roomEnded, anotherSeated, seatEmpty,
			{"it is young", func(s *scene) { s.seat().At++ }},
			{"it is gone", func(s *scene) { s.seat().Gone = 5 }},
			{"it is marked", func(s *scene) { s.seat().Lost = true }},
		},
	}
}

func markPresentWrite() roomWrite {
	return roomWrite{
		name:  "mark present",
		given: func(s *scene) { s.seat().Prev, s.seat().Lost = "prev", true },
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.MarkPresent(t.Context(), s.room.ID, s.me.Side, s.me.Conn)
		},
		want: func(s *scene, r *chat.Room) {
			seat := &r.Member(s.me.Side).Seat
			seat.Gone, seat.Lost = 0, false
		},
		works: []trial{{"it is gone", func(s *scene) { s.seat().Gone, s.seat().Lost = 5, false }}},
		refused: []trial{
			roomEnded, anotherSeated, seatEmpty,
			{"it is not marked", func(s *scene) { s.seat().Lost = false }},
		},
	}
}

func markReadWrite() roomWrite {
	return roomWrite{
		name:  "mark read",
		given: func(s *scene) { s.member().Read = 2 },
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.MarkRead(t.Context(), s.room.ID, s.me, 4)
		},
		want: func(s *scene, r *chat.Room) { r.Member(s.me.Side).Read = 4 },
		works: []trial{
			{"from the place before", func(s *scene) { s.member().Read = 3 }},
			{"for the first time", func(s *scene) { s.member().Read = 0 }},
			{"below the newest", func(s *scene) { s.room.Seq = 5 }},
			{"from a newer connection", func(s *scene) { s.seat().Conn, s.seat().At = "older", s.me.At-1 }},
			{"after the end", roomEnded.given},
		},
		refused: []trial{
			anotherHolder, newerSeated, newerWasSeated,
			{"it is there already", func(s *scene) { s.member().Read = 4 }},
			{"it would go back", func(s *scene) { s.room.Seq, s.member().Read = 9, 5 }},
			{"it is beyond the newest", func(s *scene) { s.room.Seq = 3 }},
		},
	}
}

func rateWrite(name string, given chat.Rating) roomWrite {
	return roomWrite{
		name: name,
		given: func(s *scene) {
			end(&s.room)
			s.room.Ratings = chat.MaxRatings - 1
			s.seat().Prev = "prev"
		},
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.Rate(t.Context(), s.room.ID, s.me, given)
		},
		want: func(s *scene, r *chat.Room) {
			r.Rating, r.Ratings = given, r.Ratings+1
			r.Member(s.me.Side).Seat = chat.Seat{Conn: s.me.Conn, At: s.me.At, Prev: "prev"}
		},
		works: []trial{
			{"in place of another", func(s *scene) { s.room.Rating = chat.Rating{Score: 1, Comment: "slow"} }},
			{"with another score", func(s *scene) { s.room.Rating = chat.Rating{Score: 3, Comment: given.Comment} }},
			{"with another comment", func(s *scene) { s.room.Rating = chat.Rating{Score: given.Score, Comment: "slow"} }},
			{"with or without a comment", func(s *scene) {
				s.room.Rating = chat.Rating{Score: given.Score}
				if given.Comment == "" {
					s.room.Rating.Comment = "slow"
				}
			}},
			{"again, from a newer connection", func(s *scene) {
				s.room.Rating, s.seat().Conn, s.seat().At = given, "older", s.me.At-1
			}},
			{"for the first time", func(s *scene) { s.room.Ratings = 0 }},
			{"from a newer connection", func(s *scene) { s.seat().Conn, s.seat().At = "older", s.me.At-1 }},
			{"from a connection that was marked as gone", func(s *scene) { s.seat().Gone = 5 }},
			{"from a connection that was marked as lost", func(s *scene) { s.seat().Lost = true }},
		},
		refused: []trial{
			{"the room is active", func(s *scene) { s.room.Status, s.room.SweepAt = chat.StatusActive, start+1 }},
			{"the room waits", func(s *scene) { s.room.Status, s.room.SweepAt = chat.StatusWaiting, start+1 }},
			anotherHolder, newerSeated, newerWasSeated,
			{"it was rated often", func(s *scene) { s.room.Ratings = chat.MaxRatings }},
			{"it is a repeat", func(s *scene) { s.room.Rating, s.seat().Conn, s.seat().At = given, s.me.Conn, s.me.At }},
		},
	}
}

func sweepSoonerWrite() roomWrite {
	at := start + 60_000
	return roomWrite{
		name:  "sweep sooner",
		given: func(s *scene) { s.room.SweepAt = at + 1 },
		call: func(t *testing.T, s *scene) (chat.Room, bool, error) {
			return s.Store.SweepSooner(t.Context(), s.room.ID, at)
		},
		want: func(_ *scene, r *chat.Room) { r.SweepAt = at },
		refused: []trial{
			roomEnded,
			{"the room waits", func(s *scene) { s.room.Status, s.room.Agent.Who = chat.StatusWaiting, "" }},
			{"it is swept then", func(s *scene) { s.room.SweepAt = at }},
			{"it is swept sooner", func(s *scene) { s.room.SweepAt = at - 1 }},
		},
	}
}
