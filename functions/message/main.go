// Command message answers message, typing and read, what no other route knows and, where no gateway does, ping.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Message) }
