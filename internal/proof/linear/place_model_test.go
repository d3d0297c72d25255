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

// placeOp is one moment at which a call fills a place, or reads it.
type placeOp struct {
	seq   int64
	write bool
	value name
}

// placeModel is a place. What it holds is decided once; a read may decide that it stays void.
func placeModel() porcupine.Model {
	return porcupine.Model{
		Partition: byPlace,
		Init:      func() any { return undecided },
		Step: func(state, in, _ any) (bool, any) {
			is, v := state.(name), in.(placeOp)
			if is == undecided && (v.write || v.value == void) {
				return true, v.value
			}
			return is == v.value, is
		},
		DescribeOperation: func(in, _ any) string { return in.(placeOp).String() },
	}
}

func byPlace(history []porcupine.Operation) [][]porcupine.Operation {
	places := map[int64][]porcupine.Operation{}
	for _, op := range history {
		seq := op.Input.(placeOp).seq
		places[seq] = append(places[seq], op)
	}
	return slices.Collect(maps.Values(places))
}
