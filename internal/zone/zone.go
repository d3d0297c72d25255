// Package zone knows the time zones, by data of its own: what comes with Go is as old as the compiler, and what comes with
// the machine may be older, or missing.
package zone

import (
	"archive/zip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"
)

// archive is IANA's data, as `make zones` brings it. Its comment is "RELEASE DATE", the date when it was looked for.
//
//go:embed zoneinfo.zip
var archive string

// Load finds a zone by its IANA name; UTC where that is empty. Unlike time.LoadLocation it knows no "Local".
func Load(name string) (*time.Location, error) {
	if name == "" || name == time.UTC.String() {
		return time.UTC, nil
	}
	all, err := open()
	if err != nil {
		return nil, err
	}
	file, err := all.Open(name)
	if err != nil {
		return nil, fmt.Errorf("there is no time zone %q: %w", name, err)
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("read time zone %q: %w", name, err)
	}
	found, err := time.LoadLocationFromTZData(name, data)
	if err != nil {
		return nil, fmt.Errorf("read time zone %q: %w", name, err)
	}
	return found, nil
}

// Release is the data's, as IANA calls it: 2026f.
func Release() (string, error) {
	all, err := open()
	if err != nil {
		return "", err
	}
	release, _, _ := strings.Cut(all.Comment, " ")
	return release, nil
}

func open() (*zip.Reader, error) {
	all, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("read the time zones: %w", err)
	}
	return all, nil
}
