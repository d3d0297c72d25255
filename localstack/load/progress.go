package main

import (
	"fmt"
	"io"
	"os"
)

// progress shows one line: over the one before on a terminal, else below it.
type progress struct {
	to       io.Writer
	terminal bool
	open     bool
}

func newProgress(to io.Writer) *progress {
	p := &progress{to: to}
	if file, ok := to.(*os.File); ok {
		info, err := file.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

const eraseLine = "\r\x1b[K"

func (p *progress) now(line string) {
	if p.terminal {
		_, _ = fmt.Fprint(p.to, eraseLine, line)
		p.open = true
		return
	}
	_, _ = fmt.Fprintln(p.to, line)
}

// done leaves the terminal as it was.
func (p *progress) done() {
	if p.open {
		_, _ = fmt.Fprint(p.to, eraseLine)
		p.open = false
	}
}
