package linear

import (
	"maps"
	"slices"

	"github.com/anishathalye/porcupine"
)

// The content of a place other than a text's or change's name.
const (
	undecided name = ""
	void      name = "void"
)

// placeOp is one atomic write or read of a place by a call.
type placeOp struct {
	seq   int64
	write bool
	value name
}

// placeModel models a place. Its content is decided once; a read may decide that it stays void.
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
