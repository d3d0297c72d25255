// Command console answers what agents alone may ask: take, release, transfer, queue and status.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Console) }
