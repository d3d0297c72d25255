// Command sweep runs on the schedule: it ends the rooms whose time has come and counts those that have ended.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Sweep) }
