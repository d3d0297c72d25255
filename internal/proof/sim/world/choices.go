package world

// choices makes all random choices, so that a history can be replayed and shrunk. Choice 0 is always the harmless one.
type choices struct {
	state  uint64
	follow bool
	replay []int32 // if follow: these, then zeros
	record bool
	made   []int32 // if record
	n      int     // choices so far
}

// choicesOf returns the choices of a seed.
func choicesOf(seed uint64) *choices { return &choices{state: mix(&seed)} }

// mix is one step of SplitMix64.
func mix(state *uint64) uint64 {
	*state += 0x9e3779b97f4a7c15
	z := *state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// draw makes the next choice of n: the replayed one, or pick's for a random number.
func (c *choices) draw(n int, pick func(random uint64) int) int {
	v := 0
	switch {
	case !c.follow:
		v = pick(mix(&c.state))
	case c.n < len(c.replay):
		v = int(c.replay[c.n]) % n
	}
	c.n++
	if c.record {
		c.made = append(c.made, int32(v))
	}
	return v
}

// of chooses one of 0 … n−1, all equally likely.
func (c *choices) of(n int) int {
	if n <= 1 {
		return 0
	}
	return c.draw(n, func(random uint64) int { return int(random % uint64(n)) })
}

// perUnit is the denominator of rates.
const perUnit = 100_000

// happens is true with a probability of rate/perUnit.
func (c *choices) happens(rate int) bool {
	if rate <= 0 {
		return false
	}
	return c.draw(2, func(random uint64) int {
		if int(random%perUnit) < rate {
			return 1
		}
		return 0
	}) == 1
}

// weighted chooses an index, with a probability in proportion to its weight.
func (c *choices) weighted(events []event) int {
	if len(events) <= 1 {
		return 0
	}
	return c.draw(len(events), func(random uint64) int {
		total := 0
		for _, e := range events {
			total += e.weight
		}
		at := int(random % uint64(total))
		for i, e := range events {
			if at < e.weight {
				return i
			}
			at -= e.weight
		}
		return 0
	})
}
