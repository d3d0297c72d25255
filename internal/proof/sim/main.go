// Command sim searches for an order of events that breaks one of Rejoin's promises. It simulates the whole system, one
// history for each seed:
//
//	client   the browser's client, ported to Go
//	world    what Rejoin runs on, with its faults
//	law      what must be true of every history
//	report   many seeds, their totals, and the story of one
//
// Each may import those above it; law and world also import deployed code. Deployed code imports none of them.
package main

import (
	"os"

	"rejoin/internal/proof/sim/report"
)

func main() { os.Exit(report.Main(os.Args[1:], os.Stdout, os.Stderr)) }
