package sim

import "slices"

// shrinks is how many variants of a history are tried to make it shorter.
const shrinks = 4000

// Replay runs a seed again and tells its story.
func (c *Crowd) Replay(seed uint64) History {
	return c.run(seed, recorded(chosen(seed)), &Tally{}, true)
}

// Shrink looks for a shorter history that breaks the same clause as the seed does, and tells its story. It returns the
// seed's own when it breaks none.
func (c *Crowd) Shrink(seed uint64) History {
	whole := c.Replay(seed)
	if len(whole.Broken) == 0 {
		return whole
	}
	code := whole.Broken[0].Code
	cost := func(made []int32) (int, bool) {
		h := c.run(seed, &choices{follow: true, replay: made}, &Tally{}, false)
		if len(h.Broken) == 0 || h.Broken[0].Code != code {
			return 0, false
		}
		chosen := 0
		for _, v := range made {
			if v != 0 {
				chosen++
			}
		}
		return h.Broken[0].Step*4 + chosen, true
	}
	best := whole.Made
	least, same := cost(best)
	if !same { // it cannot be followed
		return whole
	}
	state := seed
	for range shrinks {
		made := vary(best, &state)
		if n, same := cost(made); same && n <= least {
			best, least = made, n
		}
	}
	return c.run(seed, &choices{follow: true, replay: best}, &Tally{}, true)
}

// vary changes a list of choices: leaves some out, makes one benign or smaller, or cuts the end.
func vary(made []int32, state *uint64) []int32 {
	if len(made) == 0 {
		return nil
	}
	pick := func(n int) int { return int(mix(state) % uint64(n)) }
	out, from := slices.Clone(made), pick(len(made))
	switch pick(5) {
	case 0, 1:
		n := 1 + pick(8)
		if pick(4) == 0 {
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
