package stats

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func someFigures(random *rand.Rand, values int) Figures {
	var f Figures
	for _, n := range f.counts() {
		*n = random.Int64N(1000)
	}
	for i := range f.Histograms {
		for range random.IntN(values) {
			f.Histograms[i].Observe(random.Int64N(1 << random.IntN(40)))
		}
	}
	return f
}

func TestStoredAndReadAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		f := someFigures(random, 60)
		got, err := decode(encode(f))
		require.NoError(t, err)
		assert.Equal(t, f, got)
		assert.Equal(t, encode(f), encode(got), "the same bytes")

		parts := []Contribution{{Figures: f}, {Agent: "a_1", Name: "김민지", Figures: someFigures(random, 3)}}
		back, err := decodeContributions(encodeContributions(parts))
		require.NoError(t, err)
		assert.Equal(t, parts, back)
	}
	got, err := decode(encode(Figures{}))
	require.NoError(t, err)
	assert.Equal(t, Figures{}, got)
}

// TestDamage: truncated, extended or otherwise changed data is an error.
func TestDamage(t *testing.T) {
	whole := encode(someFigures(rand.New(rand.NewPCG(5, 6)), 9))
	for n := range whole {
		_, err := decode(whole[:n])
		require.ErrorIs(t, err, errDamaged, "%d bytes", n)
	}
	_, err := decode(append(whole, 0))
	require.ErrorIs(t, err, errDamaged, "something is left over")
	whole[0]++
	_, err = decode(whole)
	require.ErrorIs(t, err, errDamaged, "another layout")
	_, err = decodeContributions(nil)
	require.ErrorIs(t, err, errDamaged)
	_, err = decodeContributions([]byte{encodingVersion, 1, 200})
	require.ErrorIs(t, err, errDamaged)
}

// FuzzDecode: no data makes decoding panic.
func FuzzDecode(f *testing.F) {
	f.Add(encode(Figures{}))
	f.Add(encode(someFigures(rand.New(rand.NewPCG(7, 8)), 5)))
	f.Add(encodeSnapshot(snapshot{waiting: 70, every: 50, marks: []chat.RoomID{"50th", "70th"}, gone: []int{3, 60}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if figures, err := decode(data); err == nil {
			again, err := decode(encode(figures))
			require.NoError(t, err)
			assert.Equal(t, figures, again)
		}
		_, _ = decodeContributions(data)
		if l, err := decodeSnapshot(data); err == nil {
			again, err := decodeSnapshot(encodeSnapshot(l))
			require.NoError(t, err)
			assert.Equal(t, l, again)
		}
	})
}
