package zone_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/zone"
)

func TestLoad(t *testing.T) {
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for name, clock := range map[string]string{
		"": "12:00", "UTC": "12:00", "Asia/Seoul": "21:00", "Asia/Kolkata": "17:30", "Asia/Calcutta": "17:30", "Asia/Saigon": "19:00",
		"Europe/Kiev": "14:00", "Etc/GMT-9": "21:00", "America/St_Johns": "08:30", "EST5EDT": "07:00", "US/Pacific": "04:00",
		"Africa/Casablanca": "12:00", // since 20 September 2026, which Go 1.26 does not know
	} {
		z, err := zone.Load(name)
		require.NoError(t, err, name)
		assert.Equal(t, clock, at.In(z).Format("15:04"), name)
	}
	for _, name := range []string{"Local", "Mars", "asia/seoul", "Asia", "Asia/", "/Asia/Seoul", "../Asia/Seoul", "zone.tab", ".", "KST-9"} {
		_, err := zone.Load(name)
		require.Error(t, err, name)
	}
}

func TestRelease(t *testing.T) {
	release, err := zone.Release()
	require.NoError(t, err)
	assert.Regexp(t, `^20\d\d[a-z]$`, release)
}
