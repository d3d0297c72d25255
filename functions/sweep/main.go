// Command sweep runs on the schedule: it ends the rooms whose time has come and counts those that have ended.
package main

import (
	_ "time/tzdata" // days of every zone: the platform's image knows none

	"rejoin/internal/app"
)

func main() { app.Run(app.Sweep) }
