// Package zone loads time zones from its own data. Go's data is as old as the compiler, and a machine's may be older or missing.
package zone

import (
	"archive/zip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// archive is IANA's data, as `make zones` fetches it. Its comment is "RELEASE DATE"; the date is that of the last check.
//
//go:embed zoneinfo.zip
var archive string

// Load returns the zone with an IANA name; UTC for "". Unlike time.LoadLocation it refuses "Local".
func Load(name string) (*time.Location, error) {
	if name == "" || name == time.UTC.String() {
		return time.UTC, nil
	}
	all, err := directory()
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

// Release is IANA's name of the data's release, as 2026f.
func Release() (string, error) {
	all, err := directory()
	if err != nil {
		return "", err
	}
	release, _, _ := strings.Cut(all.Comment, " ")
	return release, nil
}

// directory is read once: that takes longer than all else.
var directory = sync.OnceValues(func() (*zip.Reader, error) {
	all, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("read the time zones: %w", err)
	}
	return all, nil
})
