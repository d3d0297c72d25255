package world

import (
	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// capacities are how much a world can do. The zero value of each is unlimited. What is used up is refused until it has come
// back with time; chance decides nothing here.
type capacities struct {
	connects rate // new connections
	frames   rate // of all routes
	route    rate // frames of one route
	runs     int  // functions at once
	posts    rate // requests of @connections
	units    rate // read units, and write units, of one key
}

// rate is how much comes back in a second, and how much may be used at once.
type rate struct{ perSecond, burst int }

// bucket is what is left of a rate.
type bucket struct {
	left int64 // thousandths; below 0 after a use of more than there was
	at   int64 // ms
}

// use is what a bucket is for: a key's write units, or else its read units or something that is no key's.
type use struct {
	key
	write bool
}

// used is what a world has used of its capacities.
type used struct {
	*World
	buckets map[use]*bucket
	dry     bool // others have used up all frames and connections of the account
}

// bucket is what is left now under a name.
func (u *used) bucket(name use, r rate) *bucket {
	b := u.buckets[name]
	if b == nil {
		b = &bucket{left: int64(r.burst) * 1000, at: u.now}
		u.buckets[name] = b
	}
	b.left = min(int64(r.burst)*1000, b.left+(u.now-b.at)*int64(r.perSecond))
	b.at = u.now
	return b
}

// take uses one of a rate, if one is left.
func (u *used) take(name key, r rate) bool {
	if u.dry && name != posts() {
		return false
	}
	if r == (rate{}) {
		return true
	}
	b := u.bucket(use{key: name}, r)
	if b.left < 1000 {
		return false
	}
	b.left -= 1000
	return true
}

// refuses tells whether there is none left of a rate, and counts that.
func (u *used) refuses(f fault, name key, r rate) bool {
	if u.take(name, r) {
		return false
	}
	u.count(f)
	return true
}

// posts is what the rate of @connections is for.
func posts() key { return key{"posts", ""} }

// connects tells whether the gateway takes a new connection.
func (u *used) connects() bool {
	return !u.refuses(connectRefused, key{"connects", ""}, u.scenario.can.connects) && u.runs()
}

// frames tells whether the gateway takes a frame of a route.
func (u *used) frames(route string) bool {
	c := u.scenario.can
	return !u.refuses(frameRefused, key{"frames", ""}, c.frames) && !u.refuses(frameRefused, key{"frames", route}, c.route)
}

// runs tells whether one more function can run.
func (u *used) runs() bool {
	most := u.scenario.can.runs
	if most == 0 || len(u.running) < most {
		return true
	}
	u.count(runRefused)
	return false
}

// call refuses a call when its capacity is used up; nil: it may be made.
func (u *used) call(v *invocation, c *call) error {
	if c.kind == posting && u.refuses(postUsedUp, posts(), u.scenario.can.posts) {
		return chat.ErrThrottled
	}
	for _, k := range c.keys {
		if u.units(k, c.kind != reading).left > 0 {
			continue
		}
		u.count(unitsUsedUp)
		v.Failed = true
		return errFailed
	}
	return nil
}

// units are what is left of a key's read units or write units.
func (u *used) units(of key, write bool) *bucket {
	return u.bucket(use{of, write}, u.scenario.can.units)
}

// spend uses the units of the keys of a call.
func (u *used) spend(keys []key, c law.Cost) {
	for _, k := range keys {
		u.units(k, c.Writes > 0).left -= int64(1000 * (c.Writes + c.Reads + float64(c.Texts)))
	}
}
