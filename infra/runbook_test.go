package infra_test

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/telemetry"
)

func runbook(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile("../docs/runbook.md")
	require.NoError(t, err)
	return string(body)
}

// TestRunbookHasEveryAlarm: the runbook explains exactly the alarms that exist.
func TestRunbookHasEveryAlarm(t *testing.T) {
	_, section, found := strings.Cut(runbook(t), "\n## Alarms\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	var explained []string
	for _, heading := range regexp.MustCompile(`(?m)^### (.+)$`).FindAllStringSubmatch(section, -1) {
		explained = append(explained, heading[1])
	}
	var existing []string
	for name := range alarms(t, deployed(t, nil)) {
		existing = append(existing, name)
	}
	assert.ElementsMatch(t, existing, explained)
}

// TestRunbookNamesWhatIsMade: commands name tables, functions and logs of the template, for any stack.
func TestRunbookNamesWhatIsMade(t *testing.T) {
	template := text(t, read(t).Resources)
	for _, name := range regexp.MustCompile(`\$STACK(-[a-z-]*)`).FindAllStringSubmatch(runbook(t), -1) {
		assert.Contains(t, template, "${AWS::StackName}"+name[1])
	}
	assert.Equal(t, []string{"rejoin-prod"}, regexp.MustCompile(`\brejoin-\w+`).FindAllString(runbook(t), -1))
}

// TestRunbookExplainsEveryMetric: the runbook explains every metric of the log.
func TestRunbookExplainsEveryMetric(t *testing.T) {
	for _, m := range telemetry.Metrics() {
		assert.Contains(t, runbook(t), "`"+string(m)+"`")
	}
}

var (
	queries = regexp.MustCompile("(?s)```insights\n(.*?)```")
	quoted  = regexp.MustCompile(`"[^"]*"`)
	alias   = regexp.MustCompile(`\bas (\w+)`)
	word    = regexp.MustCompile(`[@A-Za-z_][\w.@]*`)
)

// TestRunbookAsksForWhatIsLogged: queries, also the dashboard's, use only fields that a log line can have.
func TestRunbookAsksForWhatIsLogged(t *testing.T) {
	fields := logged(t)
	all := queries.FindAllStringSubmatch(runbook(t), -1)
	require.NotEmpty(t, all)
	board := text(t, read(t).Resources["Dashboard"].Properties)
	for _, found := range regexp.MustCompile(`\\"query\\": \\"(.*?)\\"}}`).FindAllStringSubmatch(board, -1) {
		_, query, _ := strings.Cut(strings.ReplaceAll(found[1], `\\\"`, `"`), " | fields")
		all = append(all, []string{"", "fields" + query})
	}
	assert.Greater(t, len(all), len(queries.FindAllString(runbook(t), -1)), "the dashboard has one")
	for _, query := range all {
		bare := quoted.ReplaceAllString(query[1], "")
		known := append(slices.Clone(fields), keywords()...)
		for _, named := range alias.FindAllStringSubmatch(bare, -1) {
			known = append(known, named[1])
		}
		for _, w := range word.FindAllString(bare, -1) {
			assert.Contains(t, known, w, query[1])
		}
	}
}

// keywords are the used words of the query language, and the fields that CloudWatch and Lambda add:
// https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
func keywords() []string {
	return []string{
		"fields", "filter", "sort", "asc", "desc", "limit", "stats", "by", "as", "and", "or", "in", "count", "pct", "ispresent",
		"@timestamp", "@log", "type", "record.requestId", "record.status", "record.metrics.durationMs", "record.metrics.maxMemoryUsedMB",
	}
}

// logged are the fields of a whole chat's log lines, and the metrics.
func logged(t *testing.T) (fields []string) {
	t.Helper()
	file, err := os.Open("../internal/gateway/testdata/lines.golden")
	require.NoError(t, err)
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var line map[string]any
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line))
		for field := range line {
			fields = append(fields, field)
		}
	}
	for _, m := range telemetry.Metrics() {
		fields = append(fields, string(m))
	}
	return fields
}
