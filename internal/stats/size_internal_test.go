package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestAYearByDayIsOnePage: 365 days of 500 chats each, of which every tenth was left, fit into the 1 MB that one page of a Query
// holds.
func TestAYearByDayIsOnePage(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	year := 0
	for range 365 {
		var f Figures
		for _, n := range f.counts(figuresVersion) {
			*n = 500
		}
		for i := range f.Histograms {
			if _, isPart := Measure(i).whole(); isPart {
				continue
			}
			for n := range 500 {
				value := int64(60_000 * math.Exp(1.2*random.NormFloat64()))
				switch isLeft := n%10 == 0; {
				case Measure(i) == Rating:
					f.Histograms[i].Observe(1 + random.Int64N(5))
				case slices.Contains([]Measure{LeftFirst, LeftFirstOpen}, Measure(i)) && !isLeft:
				case partOf(Measure(i)) != 0:
					f.Histograms[partOf(Measure(i))].Observe(value)
					if isLeft {
						value += random.Int64N(int64(day / time.Millisecond))
					}
					f.Histograms[i].Observe(value)
				default:
					f.Histograms[i].Observe(value)
				}
			}
		}
		const attributes = 120 // names, keys, weight
		year += len(encode(f)) + attributes
	}
	t.Logf("a year is %d KB", year/1024)
	assert.Greater(t, year, 200<<10)
	assert.Less(t, year, 1<<20)
}

// partOf is the measure of the same time within the hours; 0 if there is none.
func partOf(m Measure) Measure {
	for part := range measures {
		if whole, isPart := part.whole(); isPart && whole == m {
			return part
		}
	}
	return 0
}

// TestASnapshotIsOneUnit: however many wait, 4 KB hold the snapshot, which is read with each position.
func TestASnapshotIsOneUnit(t *testing.T) {
	for _, n := range []int{50, 4999, 5001, 100_000} {
		ids := make([]chat.RoomID, n)
		for i := range ids {
			ids[i] = chat.RoomID(fmt.Sprintf("01KAT8Q5M0ZJ4V7N2X%08d", i))
		}
		l := newSnapshot(0, ids, nil)
		data := encodeSnapshot(l)
		t.Logf("%d wait: %d marks, %d bytes", n, len(l.marks), len(data))
		const attributes = 60 // names, keys, weight
		assert.LessOrEqual(t, len(data)+attributes, 4096)
		assert.Equal(t, ids[n-1], l.marks[len(l.marks)-1])
		assert.LessOrEqual(t, l.every, maxSegment)
		again, err := decodeSnapshot(data)
		require.NoError(t, err)
		assert.Equal(t, l, again)
	}
}
