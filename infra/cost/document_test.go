package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocument: docs/cost.md shows what its commands print.
func TestDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "cost.md")
	document, err := os.ReadFile(path)
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)(```console\n\\$ make cost([^|\n]*)(?:\\| grep '([^'\n]+)')?\n)(.*?)```")
	n := 0
	document = blocks.ReplaceAllFunc(document, func(block []byte) []byte {
		n++
		part := blocks.FindSubmatch(block)
		head, names, shown, said := part[1], part[2], regexp.MustCompile(string(part[3])), string(part[4])
		var arguments []string
		for name := range strings.FieldsSeq(string(names)) {
			arguments = append(arguments, "-"+name)
		}
		r, err := ask(arguments)
		require.NoError(t, err)
		var out bytes.Buffer
		require.NoError(t, r.print(&out))
		var got strings.Builder
		for line := range strings.Lines(out.String()) {
			if shown.MatchString(line) {
				got.WriteString(line)
			}
		}
		if flag.Arg(0) != "update" {
			assert.Equal(t, got.String(), said, "make cost%s: `make count` writes it again", names)
		}
		return []byte(string(head) + got.String() + "```")
	})
	require.Positive(t, n)
	if flag.Arg(0) == "update" {
		require.NoError(t, os.WriteFile(path, document, 0o644))
	}
}
