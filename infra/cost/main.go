// Command cost prints Rejoin's monthly bill, its limits, and the bill of AWS's sample, which scans all connections, for the
// same chats. It multiplies the deployed code's operations, as counted, by a dated price file. It imports no deployed code.
package main

import (
	"fmt"
	"os"
)

func main() {
	r, err := ask(os.Args[1:])
	if err == nil {
		err = r.print(os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}
