package infra_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
	"rejoin/internal/chat"
	"rejoin/internal/telemetry"
)

// metric is a metric that an alarm watches or the dashboard shows, with its dimensions.
type metric struct {
	namespace, name string
	dimensions      map[string]string
}

// requireEmitted fails unless the functions or AWS emit the metric, for resources of the template.
func requireEmitted(t *testing.T, d deployment, m metric) {
	t.Helper()
	if m.namespace == telemetry.Namespace {
		require.Contains(t, telemetry.Metrics(), telemetry.Metric(m.name))
		require.ElementsMatch(t, telemetry.Metric(m.name).Dimensions(), slices.Collect(maps.Keys(m.dimensions)), m.name)
		require.Equal(t, "rejoin", m.dimensions[telemetry.DimensionStack])
		if code, by := m.dimensions[telemetry.DimensionCode]; by {
			require.Equal(t, string(chat.Unavailable), code)
		}
		return
	}
	known, ok := metricsOfAWS()[m.namespace+" "+m.name]
	require.True(t, ok, "nobody emits %s %s", m.namespace, m.name)
	require.ElementsMatch(t, strings.Fields(known), slices.Collect(maps.Keys(m.dimensions)), m.name)
	kinds := map[string]string{"FunctionName": "AWS::Serverless::Function", "TableName": "AWS::DynamoDB::Table", "ApiId": "AWS::ApiGatewayV2::Api"}
	for dimension, value := range m.dimensions {
		switch kind, isResource := kinds[dimension]; {
		case isResource:
			require.Equal(t, kind, d.Resources[strings.Trim(value, "<>")].Type, value)
		case dimension == "Stage":
			require.Equal(t, d.parameters["Stage"], value)
		}
	}
}

// metricsOfAWS are the used metrics that AWS emits, with their dimensions, as documented in
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html,
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html and
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
func metricsOfAWS() map[string]string {
	return map[string]string{
		"AWS/Lambda Errors":                "FunctionName",
		"AWS/Lambda Throttles":             "", // of all functions in the region, which share a limit
		"AWS/Lambda Duration":              "FunctionName",
		"AWS/DynamoDB ReadThrottleEvents":  "TableName",
		"AWS/DynamoDB WriteThrottleEvents": "TableName",
		"AWS/ApiGateway ConnectCount":      "ApiId Stage",
		"AWS/ApiGateway IntegrationError":  "ApiId Stage",
		"AWS/ApiGateway ExecutionError":    "ApiId Stage",
		"AWS/ApiGateway ClientError":       "ApiId Stage",
	}
}

// alarms are the metrics of a deployment's alarms, by the alarms' names.
func alarms(t *testing.T, d deployment) (metrics map[string][]metric) {
	t.Helper()
	metrics = map[string][]metric{}
	for id, r := range d.OfType("AWS::CloudWatch::Alarm") {
		require.Equal(t, "Watched", r.Condition, id)
		p := d.value(r.Properties).(map[string]any)
		name := strings.TrimPrefix(p["AlarmName"].(string), "rejoin-")
		require.Equal(t, "docs/runbook.md, "+name, p["AlarmDescription"], id)
		require.Equal(t, []any{"<AlarmTopic>"}, p["AlarmActions"], id)
		if p["MetricName"] != nil {
			metrics[name] = append(metrics[name], metricOf(p))
			continue
		}
		expression := ""
		for _, one := range infra.List(p["Metrics"]) {
			one := one.(map[string]any)
			if e, ok := one["Expression"].(string); ok {
				require.Empty(t, expression, "one value that is compared")
				expression = e
				continue
			}
			require.Equal(t, false, one["ReturnData"], id)
			metrics[name] = append(metrics[name], metricOf(one["MetricStat"].(map[string]any)["Metric"].(map[string]any)))
		}
		require.NotEmpty(t, expression, id)
		require.LessOrEqual(t, len(metrics[name]), 10, "%s: CloudWatch allows no more", id)
	}
	return metrics
}

func metricOf(p map[string]any) metric {
	m := metric{p["Namespace"].(string), p["MetricName"].(string), map[string]string{}}
	for _, pair := range infra.List(p["Dimensions"]) {
		m.dimensions[pair.(map[string]any)["Name"].(string)] = pair.(map[string]any)["Value"].(string)
	}
	return m
}

// maxShown is how many metrics a free dashboard may show, and maxWatched how many the alarms watch, of which an account has ten
// free: https://aws.amazon.com/cloudwatch/pricing/
const maxShown, maxWatched = 50, 11

// TestAlarmsLookAtWhatIsEmitted: each alarm's metrics are emitted, every function is watched, through the gateway or by name, and
// alarms cost next to nothing without chats.
func TestAlarmsLookAtWhatIsEmitted(t *testing.T) {
	d := deployed(t, nil)
	all, paid := alarms(t, d), 0
	for name, metrics := range all {
		for _, m := range metrics {
			requireEmitted(t, d, m)
		}
		paid += len(metrics)
		t.Logf("%-16s %d metrics", name, len(metrics))
	}
	t.Logf("%d alarms watch %d metrics", len(all), paid)
	assert.LessOrEqual(t, paid, maxWatched)
	crashes, behind := fmt.Sprint(all["crashes"]), d.text(d.value(integrations(d)))
	for _, name := range names(t) {
		function := "<" + logical(name) + "Function"
		assert.NotEqual(t, strings.Contains(behind, function), strings.Contains(crashes, function+">"), name)
	}
	assert.Equal(t, "breaching", d.Resources["NoSweepAlarm"].Properties["TreatMissingData"], "a sweep that does not run emits nothing")
}

// integrations are the URIs of the functions behind the API.
func integrations(d deployment) (uris []any) {
	for _, i := range d.OfType("AWS::ApiGatewayV2::Integration") {
		uris = append(uris, i.Properties["IntegrationUri"])
	}
	return uris
}

func TestAlarmsAreAChoice(t *testing.T) {
	made := func(given map[string]string) (kinds []string) {
		for _, r := range deployed(t, given).resources() {
			if strings.HasPrefix(r.Type, "AWS::SNS::") || r.Type == "AWS::CloudWatch::Alarm" {
				kinds = append(kinds, r.Type)
			}
		}
		slices.Sort(kinds)
		return slices.Compact(kinds)
	}
	assert.Equal(t, []string{"AWS::CloudWatch::Alarm", "AWS::SNS::Topic"}, made(nil))
	assert.Equal(t, []string{"AWS::CloudWatch::Alarm", "AWS::SNS::Subscription", "AWS::SNS::Topic"}, made(chosen("alarms")))
	assert.Empty(t, made(map[string]string{"Alarms": "none", "AlarmEmail": "ops@shop.example"}))
	assert.Empty(t, made(chosen("emulator", "alarms")))
}

// search is an expression that finds a metric's values for all codes.
var search = regexp.MustCompile(`^SEARCH\('\{(\w+),([\w,]+)\} MetricName="(\w+)" Stack="rejoin"', 'Sum', 300\)$`)

// TestDashboard: it shows only emitted metrics, and every metric of the code.
func TestDashboard(t *testing.T) {
	d := deployed(t, nil)
	var body struct {
		Widgets []struct {
			Type       string
			Properties struct {
				Title   string
				Region  string
				Metrics [][]any
				Query   string
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(d.text(d.Resources["Dashboard"].Properties["DashboardBody"])), &body))
	const codes = 13 // of internal/chat/error.go, and the two of refused connections
	shown, entries := map[telemetry.Metric]bool{}, 0
	for _, w := range body.Widgets {
		assert.NotEmpty(t, w.Properties.Title)
		assert.Equal(t, d.parameters["AWS::Region"], w.Properties.Region)
		if w.Type == "log" {
			for _, name := range names(t) {
				assert.Contains(t, w.Properties.Query, "SOURCE '<"+logical(name)+"Log>'")
			}
			continue
		}
		for _, entry := range w.Properties.Metrics {
			m := entryOf(t, entry)
			entries++
			if m.dimensions[telemetry.DimensionCode] != "" {
				entries += codes - 1
			}
			if m.namespace == telemetry.Namespace {
				shown[telemetry.Metric(m.name)] = true
			}
			requireEmitted(t, d, m)
		}
	}
	assert.Len(t, shown, len(telemetry.Metrics()))
	assert.LessOrEqual(t, entries, maxShown)
}

// entryOf reads an entry of a widget: namespace, name, pairs of dimension and value, options.
func entryOf(t *testing.T, entry []any) metric {
	t.Helper()
	if options, ok := entry[len(entry)-1].(map[string]any); ok {
		if e, ok := options["expression"].(string); ok {
			found := search.FindStringSubmatch(e)
			require.NotNil(t, found, e)
			require.Equal(t, strings.Join(telemetry.Metric(found[3]).Dimensions(), ","), found[2])
			return metric{found[1], found[3], map[string]string{telemetry.DimensionStack: "rejoin", telemetry.DimensionCode: string(chat.Unavailable)}}
		}
		entry = entry[:len(entry)-1]
	}
	m := metric{fmt.Sprint(entry[0]), fmt.Sprint(entry[1]), map[string]string{}}
	for pair := range slices.Chunk(entry[2:], 2) {
		m.dimensions[fmt.Sprint(pair[0])] = fmt.Sprint(pair[1])
	}
	return m
}
