// Command sweep runs on the schedule and ends the rooms whose time has come.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Sweep) }
