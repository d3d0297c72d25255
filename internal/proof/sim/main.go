// Command sim looks for an order of events that breaks what Rejoin promises. It simulates the whole system, a history for
// each seed:
//
//	client   the browser's client once more, in Go
//	world    what Rejoin runs on, with everything that goes wrong there
//	law      what must be true whatever happens
//	report   many seeds, their totals, and the story of one
//
// Each knows those above it (law and world the code that is deployed, too), and nothing that is deployed knows any of them.
package main

import (
	"os"

	"rejoin/internal/proof/sim/report"
)

func main() { os.Exit(report.Main(os.Args[1:], os.Stdout, os.Stderr)) }
