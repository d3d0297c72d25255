// Origins prints a list of web origins in the form that browsers send and the authorizer compares:
//
//	go run ./infra/origins https://한옥.example,https://shop.example:443
package main

import (
	"fmt"
	"os"
	"strings"

	"rejoin/internal/auth"
)

func main() {
	origins, err := auth.ParseOrigins(strings.Join(os.Args[1:], ","))
	if err == nil {
		_, err = os.Stdout.WriteString(strings.Join(origins, ",") + "\n")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
