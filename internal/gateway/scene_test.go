package gateway_test

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/hours"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// stage is how far the customer's chat has come when a scene begins.
type stage uint8

const (
	nobody  stage = iota // has spoken yet
	queued               // it waits
	talking              // an agent has it
	ended                // it is over, and has been in two agents' hands
	stages
)

// scene is the real controller and service, with a store in memory. The people and the room are those of the sample
// events.
type scene struct {
	store      *memory.Store
	pusher     *memory.Pusher
	clock      *memory.Clock
	service    *chat.Service
	controller *gateway.Controller
	authorizer *gateway.Authorizer
}

// roomIDs returns the room of the sample events first.
type roomIDs struct{ n int }

func (r *roomIDs) NewRoomID(chat.Millis, chat.RoomID) chat.RoomID {
	r.n++
	if r.n == 1 {
		return roomID
	}
	return chat.RoomID(fmt.Sprintf("01KAT8Q5M0ZJ4V7N2XR9BCE%03d", r.n))
}

// callers are the people of the scene: the customer, the agent, an admin, and a customer and an agent who are
// strangers.
func callers() []chat.Caller {
	stamp := chat.StampOf(start - 1000)
	return []chat.Caller{
		{Conn: mina.Seat.Conn, Who: mina.Who, Side: chat.Customer, At: stamp + 1, Name: mina.Name},
		{Conn: kim.Seat.Conn, Who: kim.Who, Side: chat.Agent, At: stamp + 2, Name: kim.Name},
		{Conn: "TzRpYcKvFiACEkw=", Who: "a_b2d90e57-61c4-4f3a-8a9e-27c5f10b6d48", Side: chat.Agent, At: stamp + 3, Name: "Sora Lee", Admin: true},
		{Conn: "other-customer", Who: "c_4711", Side: chat.Customer, At: stamp + 4},
		{Conn: "other-agent", Who: "a_other", Side: chat.Agent, At: stamp + 5},
	}
}

func newScene(t testing.TB, at stage) *scene {
	clock := memory.NewClock(start)
	s := &scene{store: memory.NewStore(), pusher: memory.NewPusher(clock), clock: clock}
	quiet := slog.New(slog.DiscardHandler)
	counts := &stats.Service{Store: s.store, Clock: clock, Each: memory.Each, Zone: time.UTC}
	opening := &hours.Service{Store: s.store, Clock: clock, Each: memory.Each}
	s.service = &chat.Service{
		Store: s.store, Pusher: s.pusher, Clock: clock, IDs: &roomIDs{}, Rules: chat.DefaultRules(), Forecast: counts, Snapshot: counts,
		Hours: opening, Each: memory.Each, Log: quiet,
	}
	now := func() time.Time { return time.UnixMilli(int64(clock.Now())) }
	s.controller = &gateway.Controller{
		Service: s.service, Stats: counts, Hours: opening, Each: memory.Each, Now: now, Log: quiet,
	}
	s.authorizer = &gateway.Authorizer{
		Verifier: &auth.Verifier{
			Keys: noKeys{}, Issuer: "https://issuer.example", ClientID: "client", Now: now,
		},
		Blocklist: blocklist{}, ConnectionLimit: connectionLimit{map[netip.Prefix]int{}, 1000, nil}, Sites: sites{}, Now: now, Rand: func(n int64) int64 { return n / 2 }, Log: quiet,
	}
	_, err := s.service.JoinAgent(t.Context(), callers()[4], chat.AgentJoin{}) // somebody serves
	require.NoError(t, err)
	if at > nobody {
		s.advanceTo(t, at)
	}
	return s
}

type noKeys struct{}

func (noKeys) Key(context.Context, string) (*rsa.PublicKey, error) {
	return nil, auth.Refuse("unknown key id")
}

// advanceTo brings the chat to its stage.
func (s *scene) advanceTo(t testing.TB, at stage) {
	ctx, people := t.Context(), callers()
	customer, agent, admin := people[0], people[1], people[2]
	done := func(_ any, err error) { require.NoError(t, err) }
	done(s.service.JoinAgent(ctx, agent, chat.AgentJoin{}))
	done(s.service.JoinAgent(ctx, admin, chat.AgentJoin{}))
	done(s.service.JoinCustomer(ctx, customer, chat.CustomerJoin{Start: true}))
	done(s.service.Message(ctx, customer, roomID, 1, "Hello?"))
	if at == queued {
		return
	}
	done(s.service.Take(ctx, agent, roomID))
	done(s.service.Message(ctx, agent, roomID, 1, "Good day."))
	done(s.service.Message(ctx, customer, roomID, 2, "A parcel."))
	if at == talking {
		return
	}
	done(s.service.Transfer(ctx, agent, roomID, admin.Who))
	done(s.service.End(ctx, admin, roomID))
}

// stored is everything in the store that a frame could change.
func (s *scene) stored(t testing.TB) (all []any) {
	ctx := t.Context()
	keep := func(v any, err error) {
		require.NoError(t, err)
		all = append(all, v)
	}
	keep(s.store.Room(ctx, roomID))
	keep(s.store.Shop(ctx, ""))
	for _, c := range callers() {
		p, err := s.store.Person(ctx, c.Who)
		keep(p, err)
		if c.Side == chat.Customer {
			keep(s.store.MessagesBefore(ctx, c.Who, chat.Cursor{}, chat.MaxPage))
		}
	}
	return all
}

// contextOf is the authorizer's context of a caller.
func contextOf(c chat.Caller) map[string]any {
	values := map[string]any{
		gateway.ContextWho: string(c.Who), gateway.ContextRole: string(c.Side), gateway.ContextAt: strconv.FormatInt(int64(c.At), 10),
		gateway.ContextName: url.PathEscape(c.Name),
	}
	if c.Admin {
		values[gateway.ContextAdmin] = gateway.ContextTrue
	}
	return values
}

// requireStillWorks requires that customer and agent are served afterwards, each on a new connection, that the sweep
// works hours later, and that everything posted was a frame.
func (s *scene) requireStillWorks(t testing.TB) {
	t.Helper()
	for i, c := range callers()[:2] {
		c.At, c.Conn = chat.StampOf(start+1000)+chat.Stamp(i), c.Conn+"2"
		person, err := s.store.Person(t.Context(), c.Who)
		require.NoError(t, err)
		got := requireFrame(t, answerOf(t, s.controller, eventOf("join", c, `{"rooms":[{"room":"`+string(roomID)+`"}]}`)))
		switch {
		case person.Blocked:
			require.Equal(t, string(chat.Forbidden), got.Code)
		case got.Type == "error":
			require.Equal(t, string(chat.NotCurrent), got.Code, "a newer connection can only come from the event itself")
		}
	}
	s.clock.Advance(3 * time.Hour)
	_, err := s.controller.Sweep()(t.Context(), gateway.SweepEvent{})
	require.NoError(t, err)
	for _, sent := range s.pusher.Sent() {
		if sent.Close {
			continue
		}
		body, err := gateway.Encode(sent.Push)
		require.NoError(t, err)
		require.LessOrEqual(t, len(body), maxPush)
		require.True(t, json.Valid(body))
	}
}

// maxPush is the most that API Gateway posts, in bytes.
const maxPush = 128 << 10
