// Command room answers join, history, end and rate.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Room) }
