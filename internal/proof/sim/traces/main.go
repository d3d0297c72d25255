// Command traces writes what the clients in simulated histories go through, one line of JSON for each device. The
// browser's client must do the same. It may know internal/proof/sim alone.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"log"
	"os"

	"rejoin/internal/proof/sim"
)

func main() {
	first := flag.Uint64("first", 1, "the first `seed`")
	seeds := flag.Uint64("seeds", 12, "how many `seeds`")
	flag.Parse()
	crowd, err := sim.NewCrowd()
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	line := json.NewEncoder(out)
	for seed := *first; seed < *first+*seeds; seed++ {
		for _, trace := range crowd.Traces(seed) {
			if err := line.Encode(trace); err != nil {
				log.Fatal(err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
