// Load lets many people talk at once on a running stack: customers connect, begin a chat, wait, are taken by an agent, talk and end. Their
// pages are the clients' state machine on real sockets. It prints how long each step took beside what the emulator alone takes for it, reads
// back what is stored, and exits with status 1 if anything was lost or left without an answer.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	context.AfterFunc(stop, cancel) // a second Ctrl-C does not wait for anything
	o, err := parse(os.Args[1:])
	if err == nil {
		err = run(stop, o, os.Stdout, os.Stderr)
	}
	switch {
	case errors.Is(err, errBroken): // printed
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(2)
	}
}
