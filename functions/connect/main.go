// Command connect answers $connect: it records the connection.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Connect) }
