// Command console answers what agents alone may ask: take, release, transfer, block, queue, status, past chats, statistics and
// canned messages.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Console) }
