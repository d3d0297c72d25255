package report

import (
	"math/rand/v2"
	"slices"

	"rejoin/internal/proof/sim/world"
)

// tries is how many variants of a history are tried to make it shorter.
const tries = 4000

// Shrink looks for a shorter history that breaks the same clause as the seed's, and returns it with its story. It returns
// the seed's history if that breaks no clause.
func Shrink(f *world.Fixture, seed uint64) world.History {
	whole := f.Replay(seed)
	if len(whole.Broken) == 0 {
		return whole
	}
	best := whole.Choices
	least, same := cost(f, seed, best, whole.Broken[0].Code)
	if !same { // the choices do not reproduce it
		return whole
	}
	dice := rand.New(rand.NewPCG(seed, 0))
	for range tries {
		made := vary(best, dice)
		if n, same := cost(f, seed, made, whole.Broken[0].Code); same && n <= least {
			best, least = made, n
		}
	}
	return f.Follow(seed, best, true)
}

// cost is the length of the history of these choices, where harmless ones count less; same: it breaks the clause.
func cost(f *world.Fixture, seed uint64, made []int32, code string) (n int, same bool) {
	h := f.Follow(seed, made, false)
	if len(h.Broken) == 0 || h.Broken[0].Code != code {
		return 0, false
	}
	n = h.Broken[0].Step * 4
	for _, choice := range made {
		if choice != 0 {
			n++
		}
	}
	return n, true
}

// vary changes a list of choices: it leaves some out, makes one harmless or smaller, or cuts the end.
func vary(made []int32, dice *rand.Rand) []int32 {
	if len(made) == 0 {
		return nil
	}
	out, from := slices.Clone(made), dice.IntN(len(made))
	switch dice.IntN(5) {
	case 0, 1:
		n := 1 + dice.IntN(8)
		if dice.IntN(4) == 0 {
			n *= 16
		}
		out = slices.Delete(out, from, min(len(out), from+n))
	case 2:
		out[from] = 0
	case 3:
		out[from] /= 2
	case 4:
		out = out[:from]
	}
	return out
}
