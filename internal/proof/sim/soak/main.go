// Command soak simulates for as long as one likes, and says what it found: `make soak STEPS=…`. It may know internal/proof/sim
// alone.
package main

import (
	"os"

	"rejoin/internal/proof/sim"
)

func main() { os.Exit(sim.Main(os.Args[1:], os.Stdout, os.Stderr)) }
