package sim

// event kinds that are counted beside faults: that a run does something at all.
type deed int

const (
	sent deed = iota
	acknowledged
	toldFailed
	voided
	opened
	taken
	released
	transferred
	warned
	toldUnanswered
	ended
	rated
	edited
	blocked
	turnedAway
	letIn
	connected
	noopDisconnects
	refusedNotCurrent
	refusedTooFast
	deeds
)

func (d deed) String() string {
	return [deeds]string{
		"texts written", "texts acknowledged", "texts told as failed", "numbers made void", "rooms opened", "takes", "releases",
		"transfers", "idle warnings", "customers told that they wait for an answer", "rooms ended", "ratings", "edits of saved replies",
		"customers blocked", "connections refused to who is blocked", "customers let in again",
		"connections", "$disconnects that were no-ops", "frames answered not_current", "texts refused as too fast",
	}[d]
}

// Tally counts what a run, or many, did.
type Tally struct {
	Steps, Seeds int64
	faults       [faults]int64
	deeds        [deeds]int64
	Broken       int64
}

// Add takes in another.
func (t *Tally) Add(o *Tally) {
	t.Steps += o.Steps
	t.Seeds += o.Seeds
	t.Broken += o.Broken
	for i := range t.faults {
		t.faults[i] += o.faults[i]
	}
	for i := range t.deeds {
		t.deeds[i] += o.deeds[i]
	}
}

// Unseen names what never happened.
func (t *Tally) Unseen() []string {
	var names []string
	for f := noFault + 1; f < faults; f++ {
		if t.faults[f] == 0 {
			names = append(names, f.String())
		}
	}
	for d := range deeds {
		if t.deeds[d] == 0 {
			names = append(names, d.String())
		}
	}
	return names
}
