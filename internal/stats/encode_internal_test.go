package stats

import (
	"encoding/hex"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func someFigures(random *rand.Rand, values int) Figures {
	var f Figures
	for _, n := range f.counts(figuresVersion) {
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
	whole[0] += 10
	_, err = decode(whole)
	require.ErrorIs(t, err, errDamaged, "another layout")
	_, err = decodeContributions(nil)
	require.ErrorIs(t, err, errDamaged)
	_, err = decodeContributions([]byte{figuresVersion, 1, 200})
	require.ErrorIs(t, err, errDamaged)
}

// TestReadFromBeforeHours: rows that were stored before shops had hours. All of their time lay within the hours.
func TestReadFromBeforeHours(t *testing.T) {
	want := Figures{Started: 7, Answered: 5, Abandoned: 2, Unanswered: 1, Ended: [reasons]int64{1, 2, 3, 0, 1}, Texts: [sides]int64{40, 300}}
	for m, values := range map[Measure][]int64{
		Wait: {0, 61_000, 61_500}, WaitOpen: {0, 61_000, 61_500}, AbandonedWait: {90_000},
		FirstResponse: {75_000, 3_600_000}, FirstResponseOpen: {75_000, 3_600_000}, Talk: {600_000}, Response: {20_000}, Rating: {4, 5},
	} {
		for _, value := range values {
			want.Histograms[m].Observe(value)
		}
	}
	stored := func(text string) []byte {
		data, err := hex.DecodeString(text)
		require.NoError(t, err)
		return data
	}
	got, err := decode(stored("0107050201010203000128ac0284bd07030001fb0201010190bf05018b0301f8a6e00102840301b20101c0cf2401e40301a09c0101c70201090204010101"))
	require.NoError(t, err)
	assert.Equal(t, want, got)
	got.Add(got)
	assert.Equal(t, int64(6), got.Histograms[WaitOpen].N, "a histogram of its own")
	all, err := decodeContributions(stored("0102000007050201010203000128ac0284bd07030001fb0201010190bf05018b0301f8a6e00102840301b20101c0cf2401e403" +
		"01a09c0101c7020109020401010103615f3109eab980ebafbceca7800101000000000000000000000000000000000000000000"))
	require.NoError(t, err)
	assert.Equal(t, []Contribution{{Figures: want}, {Agent: "a_1", Name: "김민지", Figures: Figures{Started: 1, Answered: 1}}}, all)
}

// FuzzDecode: no data makes decoding panic.
func FuzzDecode(f *testing.F) {
	f.Add(encode(Figures{}))
	f.Add(encode(someFigures(rand.New(rand.NewPCG(7, 8)), 5)))
	f.Add([]byte("\x01\x07\x05\x02\x01\x01\x02\x03\x00\x01\x28\x2c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
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
