package gateway_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

// TestLimits: the browser's clients and forms have the service's own limits. With -update it writes them.
func TestLimits(t *testing.T) {
	const path = "../../web/client/wire/limits.ts"
	var want strings.Builder
	want.WriteString("// The limits of the wire, as the server holds to them. Written by `go test ./internal/gateway -run TestLimits -update`.\n")
	want.WriteString("// What people write is counted in code points, as it is stored (clean.ts).\n")
	for _, limit := range []struct {
		name  string
		value int64
	}{
		{"TEXT", chat.MaxText}, {"COMMENT", chat.MaxComment}, {"SCORE", chat.MaxScore},
		{"NAME", chat.MaxName}, {"EMAIL", chat.MaxEmail}, {"TOPIC", chat.MaxTopic},
		{"URL", chat.MaxURL}, {"PAGE_TITLE", chat.MaxPageTitle}, {"LANG", chat.MaxLang},
		{"TITLE", chat.MaxTitle}, {"CANNED", chat.MaxCanned}, {"POSITION", chat.MaxPosition},
		{"SEARCH", chat.MaxSearch}, {"WORDS", chat.MaxWords}, {"ID", chat.MaxID},
		{"PAGE", chat.MaxPage}, {"QUEUE", chat.MaxQueue}, {"LISTED", chat.MaxListed}, {"JOIN_ROOMS", chat.MaxJoinRooms},
		{"SPANS", hours.MaxSpans}, {"EXCEPTIONS", hours.MaxExceptions},
		{"SPAN_MS", (chat.MaxSpan / time.Millisecond).Nanoseconds()},
	} {
		fmt.Fprintf(&want, "export const MAX_%s = %s;\n", limit.name, grouped(limit.value))
	}
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want.String()), 0o644))
	}
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, want.String(), string(got))
}

// grouped writes a number as biome wants it: in groups of three from five digits on.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	if len(s) < 5 {
		return s
	}
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "_" + s[at:]
	}
	return s
}
