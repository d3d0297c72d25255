// Command disconnect answers $disconnect: it empties the seats of exactly that connection.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Disconnect) }
