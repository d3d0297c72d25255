package gateway_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
	"rejoin/internal/stats"
	"rejoin/internal/zone"
)

// TestDaysOnTheWire writes rows of days as web/console/stats reads them: four days in each zone with two to five
// chats, the first and last of them in the day's first and last hour.
func TestDaysOnTheWire(t *testing.T) {
	told := map[string]json.RawMessage{}
	for _, name := range []string{"Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns", "Asia/Seoul", "Africa/Casablanca"} {
		z, err := zone.Load(name)
		require.NoError(t, err)
		w := contract.NewWorld(t, memory.NewStore())
		counts := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: z}
		first := time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC)
		for day := range 4 {
			begin, end := stats.StartOfDay(first.AddDate(0, 0, day), z), stats.StartOfDay(first.AddDate(0, 0, day+1), z)
			for n := range day + 2 {
				at := begin.After(time.Hour)
				if n > 0 {
					at = end.After(-30 * time.Minute)
				}
				w.Clock.Advance(time.Duration(at-w.Clock.Now()) * time.Millisecond)
				customer, r := w.WaitingRoom(t)
				_, err := w.Service.End(t.Context(), customer, r.ID)
				require.NoError(t, err)
			}
		}
		_, err = counts.Count(t.Context())
		require.NoError(t, err)
		c := &gateway.Controller{Service: w.Service, Stats: counts, Each: memory.Each, Now: func() time.Time { return time.UnixMilli(int64(start)) }, Log: slog.New(slog.DiscardHandler)}
		event := frameEvent(t, chat.Agent, "stats", fmt.Sprintf(`{"by":"day","tz":%q,"firstDay":"2026-11-10","lastDay":"2026-11-13"}`, name))
		event.RequestContext.Authorizer.(map[string]any)[gateway.ContextAdmin] = gateway.ContextTrue
		var answer struct{ Rows json.RawMessage }
		body := handle(t, c, event).Body
		require.NoError(t, json.Unmarshal([]byte(body), &answer))
		require.NotEmpty(t, answer.Rows, body)
		told[name] = answer.Rows
	}
	lines := make([]string, 0, len(told))
	for _, name := range slices.Sorted(maps.Keys(told)) {
		lines = append(lines, fmt.Sprintf("%q: %s", name, told[name]))
	}
	got := "{\n" + strings.Join(lines, ",\n") + "\n}\n"
	path := filepath.Join("testdata", "days.golden")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}
