// Command authorize is the REQUEST authorizer of $connect: it checks the token and lets the connection in or not.
package main

import "rejoin/internal/app"

func main() { app.Run(app.Authorize) }
