package main

import "math"

// month is a shop's activity in 30 days.
type month struct {
	chats   float64
	texts   float64 // per chat, of both sides
	minutes float64 // per chat
	visits  float64 // of pages with the widget
	agents  float64 // online
	hours   float64 // per day during which agents are online
	ms      float64 // for which a function waits for one call to AWS
	edge    string  // where clients connect: the template's Edge

	alarms, boards, parameters float64 // how many the template has
	rates                      rates
}

// Assumptions beside the parameters.
const (
	days              = 30
	heartbeatSeconds  = 25 // between two heartbeats of a visible page; every heartbeatsPerJoin-th is a join (web/client/line/line.ts)
	heartbeatsPerJoin = 5
	pollSeconds       = 30  // between two of a console's requests for the queue (web/client/agent/agent.ts)
	connectionMinutes = 105 // lifetime of a connection, in minutes (web/client/line/line.ts)
	checkMinutes      = 10  // the template's LookAfter
	reconnects        = 1   // lost connections per chat
	rated             = 0.25
	monthsKept        = 365.0 / days // how long chats are stored: the template's KeepTexts and KeepRooms
)

// Downloads: bytes, at the limits of web/'s size tests, and requests.
const (
	loaderBytes     = 2 << 10
	panelBytes      = 13 * 1024
	talkBytes       = 5 << 10
	consoleBytes    = 60 << 10
	widgetRequests  = 4    // when the widget opens: panel, words, config.json, conversation
	consoleRequests = 6    // when the console opens
	cacheMisses     = 0.01 // share of CloudFront's requests that reach S3
	pagesBytes      = 2 << 20
)

const (
	memoryGB  = 0.25 // the template's MemorySize
	sweepGB   = 1769.0 / 1024
	pongBytes = 15
	gb        = 1 << 30
)

// times is how often each event happens in the month.
func (m month) times() map[string]float64 {
	times := m.withoutChats()
	for name, n := range m.perChat() {
		times[name] += n * m.chats
	}
	return times
}

// perChat is how often each event happens in a chat.
func (m month) perChat() map[string]float64 {
	beats := m.minutes * 60 / heartbeatSeconds
	return map[string]float64{
		authorize: 1 + reconnects, connect: 1 + reconnects, join: 1, start: 1, take: 1, text: m.texts, typing: m.texts, read: m.texts,
		heartbeat: beats / heartbeatsPerJoin, rejoin: reconnects, lateDisconnect: reconnects, end: 1, rate: rated, disconnect: 1,
		checkRoom: math.Floor(m.minutes / checkMinutes), countChat: 1 + rated, ping: beats * (heartbeatsPerJoin - 1) / heartbeatsPerJoin,
	}
}

// withoutChats is how often events happen that do not depend on chats.
func (m month) withoutChats() map[string]float64 {
	const runs = days * 24 * 60
	open := m.openMinutes()
	beats := m.agents * open * 60 / heartbeatSeconds
	sessions := m.agents * days * math.Ceil(m.hours*60/connectionMinutes)
	return map[string]float64{
		idleSweep: runs - open, sweep: open,
		agentAuthorize: sessions, agentConnect: sessions, agentJoin: sessions, agentDisconnect: sessions, canned: m.agents * days,
		queue:          m.agents * open * 60 / pollSeconds,
		agentHeartbeat: beats / heartbeatsPerJoin, ping: beats * (heartbeatsPerJoin - 1) / heartbeatsPerJoin,
	}
}

func (m month) openMinutes() float64 {
	if m.agents == 0 {
		return 0
	}
	return m.hours * 60 * days
}

// total is the operations of the month.
func (m month) total(events map[string]event) operations {
	sum := operations{}
	for name, n := range m.times() {
		sum.add(events[name].with(m.agents, m.texts), n)
	}
	return sum
}

// sweeps are those of them that the sweep has, whose function has more memory.
func (m month) sweeps(events map[string]event) operations {
	sum, times := operations{}, m.times()
	for _, name := range []string{idleSweep, sweep, checkRoom, countChat} {
		sum.add(events[name].with(m.agents, m.texts), times[name])
	}
	return sum
}

// usage is the quantities that AWS bills.
func (m month) usage(events map[string]event) map[item]float64 {
	sum := m.total(events)
	use := m.billed(sum)
	use[item{"Lambda", "duration, arm64"}] += m.seconds(m.sweeps(events)) * (sweepGB - memoryGB)
	left := events[stored].with(0, m.texts)
	use[item{"DynamoDB", "storage"}] = m.chats * monthsKept * (left[tableBytes] + left[indexBytes]) / gb
	use[item{"DynamoDB", "point-in-time recovery"}] = m.chats * monthsKept * left[tableBytes] / gb
	use[item{"API Gateway", "connection minutes"}] = m.chats*m.minutes + m.agents*m.openMinutes()
	use[item{"CloudWatch", "alarms"}], use[item{"CloudWatch", "dashboards"}] = m.alarms, m.boards
	use[item{"CloudWatch", "custom metrics"}] = events[m.metricsEvent()].Base[metrics]
	asked := m.visits + widgetRequests*m.chats + consoleRequests*m.agents*days
	use[item{"CloudFront", "requests"}] = asked
	use[item{"CloudFront", "data out"}] = (m.visits*loaderBytes + m.chats*(panelBytes+talkBytes) + m.agents*days*consoleBytes) / gb
	use[item{"S3", "reads"}], use[item{"S3", "storage"}] = asked*cacheMisses, pagesBytes/float64(gb)
	use[item{"Scheduler", "invocations"}] = days * 24 * 60
	use[item{"Cognito", "agents, Essentials"}] = m.agents
	use[item{"Systems Manager", "parameters, standard"}] = m.parameters
	m.throughEdge(use)
	return use
}

// metricsEvent names the custom metrics of the month: all, or the sweep's if there are no agents and no chats.
func (m month) metricsEvent() string {
	if m.chats == 0 && m.agents == 0 {
		return idleMetrics
	}
	return allMetrics
}

// billed is the quantities that API Gateway, Lambda, DynamoDB and CloudWatch bill for these operations.
func (m month) billed(sum operations) map[item]float64 {
	logged := sum[logBytes] / gb
	return map[item]float64{
		{"API Gateway", "messages"}:            sum[frames] + sum[answers] + sum[posts] + sum[callbacks],
		{"Lambda", "invocations"}:              sum[invocations],
		{"Lambda", "duration, arm64"}:          m.seconds(sum) * memoryGB,
		{"DynamoDB", "write units"}:            sum[writes],
		{"DynamoDB", "read units"}:             sum[reads],
		{"CloudWatch", "logs taken in"}:        logged,
		{"CloudWatch", "logs kept"}:            logged, // for a month, by the template
		{"Data transfer", "out of the region"}: sum[sentBytes] / gb,
	}
}

// seconds is how long functions run: a millisecond each, plus their calls, of which only the posts to agents and the checks of theirs run
// beside each other.
func (m month) seconds(sum operations) float64 {
	return (sum[invocations] + m.ms*(calls(sum)-sum[beside])) / 1000
}

func calls(o operations) float64 { return o[requests] + o[posts] + o[callbacks] }
