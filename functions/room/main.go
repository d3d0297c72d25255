// Command room answers join, history and end.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Room) }
