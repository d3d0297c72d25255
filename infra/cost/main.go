// Command cost prints what Rejoin costs in a month, what limits there are, and what the sample that scans all connections
// would cost for the same chats. It multiplies counts of the deployed code's operations with a dated price file. It knows
// the template, and no code that is deployed.
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
