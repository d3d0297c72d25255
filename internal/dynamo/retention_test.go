package dynamo_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/contract"
	"rejoin/internal/proof/dynamotest"
)

// TestRetention: an item's ttl. Texts expire counted from when they were written; a room and its list entries from
// its end, and never before.
func TestRetention(t *testing.T) {
	t.Parallel()
	for _, engine := range dynamotest.Engines(t) {
		t.Run(engine, func(t *testing.T) {
			client := dynamotest.Connect(t, engine)
			tables := dynamotest.CreateTables(t, client)
			store := dynamo.New(client, tables)
			store.Retention = dynamo.Retention{Texts: 10 * 24 * time.Hour, Rooms: 20 * 24 * time.Hour}
			w := contract.NewWorld(t, store)
			begin := w.Clock.Now()
			customer, agent, r := w.ActiveRoom(t)
			w.Clock.Advance(time.Hour)
			_, err := w.Service.Message(t.Context(), agent, r.ID, 1, "hello")
			require.NoError(t, err)
			assert.Equal(t, []string{""}, expiryTimes(t, client, tables.Rooms))
			w.Clock.Advance(time.Hour)
			_, err = w.Service.End(t.Context(), customer, r.ID)
			require.NoError(t, err)

			after := func(d time.Duration) string { return stamp(begin.After(d)) }
			const texts, rooms = 240 * time.Hour, 482 * time.Hour
			assert.ElementsMatch(t, []string{after(texts), after(texts), after(texts + time.Hour), after(texts + 2*time.Hour)},
				expiryTimes(t, client, tables.Messages))
			assert.Equal(t, []string{after(rooms)}, expiryTimes(t, client, tables.Rooms))
			assert.Equal(t, []string{after(rooms)}, expiryTimes(t, client, tables.Handled))
		})
	}
}

// TestCustomersExpire: customers expire a day later than rooms, counted from their last visit. Blocked ones do not.
func TestCustomersExpire(t *testing.T) {
	t.Parallel()
	for _, engine := range dynamotest.Engines(t) {
		t.Run(engine, func(t *testing.T) {
			client := dynamotest.Connect(t, engine)
			tables := dynamotest.CreateTables(t, client)
			store := dynamo.New(client, tables)
			store.Retention.Rooms = 20 * 24 * time.Hour
			w := contract.NewWorld(t, store)
			customer, admin := w.Customer(), w.Admin()
			var room chat.RoomID
			joins := func(start bool) error {
				part, err := w.Service.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: start, Room: room})
				if part != nil {
					room = part.View.Room.ID
				}
				return err
			}
			comes := func() error {
				customer = w.Reconnect(customer)
				return joins(false)
			}
			blocks := func(blocked bool) error {
				_, err := w.Service.Block(t.Context(), admin, room, blocked)
				return err
			}
			const whole, never = 21 * 24 * time.Hour, 0
			for _, step := range []struct {
				name string
				does func() error
				left time.Duration
			}{
				{"comes", comes, whole},
				{"stays", func() error { return joins(false) }, whole - time.Hour},
				{"opens a chat", func() error { return joins(true) }, whole},
				{"comes again", comes, whole},
				{"is blocked", func() error { return blocks(true) }, never},
				{"comes though they are blocked", func() error {
					var refused *chat.Error
					require.ErrorAs(t, comes(), &refused)
					assert.Equal(t, chat.Forbidden, refused.Code)
					return nil
				}, never},
				{"is let in", func() error { return blocks(false) }, whole},
				{"opens another", func() error { return joins(true) }, whole},
				{"comes where rooms are kept for ever", func() error {
					store.Retention.Rooms = 0
					return comes()
				}, never},
			} {
				w.Clock.Advance(time.Hour)
				require.NoError(t, step.does(), step.name)
				want := ""
				if step.left != never {
					want = stamp(w.Clock.Now().After(step.left))
				}
				assert.Equal(t, []string{want}, expiryTimes(t, client, tables.Customers), step.name)
			}
		})
	}
}

func stamp(at chat.Millis) string { return time.UnixMilli(int64(at)).UTC().Format(time.RFC3339) }

// expiryTimes lists when the items of a table expire; "" for one that does not.
func expiryTimes(t *testing.T, client *dynamodb.Client, table string) (all []string) {
	t.Helper()
	out, err := client.Scan(t.Context(), &dynamodb.ScanInput{TableName: &table})
	require.NoError(t, err)
	for _, it := range out.Items {
		ttl, has := it["ttl"].(*types.AttributeValueMemberN)
		if !has {
			all = append(all, "")
			continue
		}
		seconds, err := time.ParseDuration(ttl.Value + "s")
		require.NoError(t, err)
		all = append(all, time.Unix(int64(seconds.Seconds()), 0).UTC().Format(time.RFC3339))
	}
	return all
}
