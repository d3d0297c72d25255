// Command console answers what agents alone may ask: take, release, transfer, block, queue, status, past chats, statistics and
// canned messages.
package main

import (
	_ "time/tzdata" // days of every zone: the platform's image knows none

	"rejoin/internal/app"
)

func main() { app.Run(app.Console) }
