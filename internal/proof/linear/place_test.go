package linear

import (
	"maps"
	"slices"

	"github.com/anishathalye/porcupine"
)

// What a place may hold beside the name of a text or a change.
const (
	undecided name = ""
	void      name = "void"
)

// visit is one moment of a call at one place: it fills it, or reads it.
type visit struct {
	seq   int64
	fills bool
	what  name
}

// placeModel is a place: decided once, and for ever. Whoever reads it may have to decide that it stays void.
func placeModel() porcupine.Model {
	return porcupine.Model{
		Partition: byPlace,
		Init:      func() any { return undecided },
		Step: func(state, in, _ any) (bool, any) {
			is, v := state.(name), in.(visit)
			if is == undecided && (v.fills || v.what == void) {
				return true, v.what
			}
			return is == v.what, is
		},
		DescribeOperation: func(in, _ any) string { return in.(visit).String() },
	}
}

func byPlace(history []porcupine.Operation) [][]porcupine.Operation {
	places := map[int64][]porcupine.Operation{}
	for _, op := range history {
		seq := op.Input.(visit).seq
		places[seq] = append(places[seq], op)
	}
	return slices.Collect(maps.Values(places))
}
