package device_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/localstack/device"
)

// TestBroken: each way to break a promise is told.
func TestBroken(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(l *device.Ledger, found func(seq int64))
		want    []string
	}{
		"kept": {func(l *device.Ledger, found func(int64)) {
			l.Acked("c.1", "r", 1, 2, 0)
			found(2)
		}, nil},
		"failed": {func(l *device.Ledger, _ func(int64)) { l.Failed("c.1", "r", "ended") }, nil},
		"lost": {func(l *device.Ledger, _ func(int64)) { l.Acked("c.1", "r", 1, 2, 0) },
			[]string{"c.1 was acknowledged at {r 2}, and is stored at []"}},
		"twice": {func(l *device.Ledger, found func(int64)) {
			l.Acked("c.1", "r", 1, 2, 0)
			found(2)
			found(3)
		}, []string{"c.1 was acknowledged at {r 2}, and is stored at [{r 2} {r 3}]"}},
		"elsewhere": {func(l *device.Ledger, found func(int64)) {
			l.Acked("c.1", "r", 1, 2, 0)
			found(3)
		}, []string{"c.1 was acknowledged at {r 2}, and is stored at [{r 3}]"}},
		"failed and stored": {func(l *device.Ledger, found func(int64)) {
			l.Failed("c.1", "r", "ended")
			found(2)
		}, []string{"c.1 was reported as failed (ended), and is stored at [{r 2}]"}},
		"no outcome": {func(_ *device.Ledger, found func(int64)) { found(2) }, []string{"c.1 has no outcome"}},
		"two outcomes": {func(l *device.Ledger, found func(int64)) {
			l.Acked("c.1", "r", 1, 2, 0)
			l.Failed("c.1", "r", "ended")
			found(2)
		}, []string{"c.1 was reported as failed in r: ended, and had an outcome already"}},
		"not shown": {func(l *device.Ledger, found func(int64)) {
			l.Acked("c.1", "r", 1, 2, 0)
			found(2)
			l.Break("c.1 was not shown")
		}, []string{"c.1 was not shown"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := device.NewLedger()
			text, key := l.Write("c", 3)
			require.Equal(t, "c.1", key)
			c.happens(l, func(seq int64) {
				_, err := l.Found(text, device.Place{Room: "r", Seq: seq})
				require.NoError(t, err)
			})
			assert.Equal(t, c.want, l.Broken())
		})
	}
	_, err := device.NewLedger().Found("c.1 words", device.Place{Room: "r", Seq: 2})
	assert.ErrorContains(t, err, "nobody wrote")
}
