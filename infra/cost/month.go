package main

import "math"

// month is what a shop does in 30 days.
type month struct {
	chats   float64
	texts   float64 // in each chat, of both sides
	minutes float64 // that each takes
	visits  float64 // to pages with the widget
	agents  float64 // online
	hours   float64 // of each day on which they are
	ms      float64 // that a function waits for one call

	alarms, boards, parameters float64 // that the template makes
}

// What is taken for granted, beside the parameters.
const (
	days    = 30
	beatSec = 25 // a heartbeat of a page on screen, of which every proof-th is a join (web/client/line/line.ts)
	proof   = 5
	renew   = 105 // minutes that a connection lives (web/client/line/line.ts)
	lookMin = 10  // the template's LookAfter
	lost    = 1   // connections in each chat
	rated   = 0.25
	keep    = 365.0 / days // months that chats are kept: the template's KeepTexts and KeepRooms
)

// What is downloaded, in bytes: at most what the size tests of web/ allow, and requests.
const (
	loaderBytes  = 2 << 10
	panelBytes   = 13 * 1024
	talkBytes    = 5 << 10
	consoleBytes = 60 << 10
	opened       = 4    // requests when the widget opens: the panel, its words, config.json, and then the conversation
	openedDesk   = 6    // when the console does
	missed       = 0.01 // of what CloudFront is asked, it asks S3
	pagesBytes   = 2 << 20
)

const (
	memoryGB  = 0.25 // the template's MemorySize
	pongBytes = 15
	gb        = 1 << 30
)

// times is how often each event happens in a month.
func (m month) times() map[string]float64 {
	times := m.shift()
	for name, n := range m.chat() {
		times[name] += n * m.chats
	}
	return times
}

// chat is how often each happens in one.
func (m month) chat() map[string]float64 {
	beats := m.minutes * 60 / beatSec
	return map[string]float64{
		authorize: 1 + lost, connect: 1 + lost, hello: 1, start: 1, take: 1, text: m.texts, typing: m.texts, read: m.texts,
		beat: beats / proof, back: lost, late: lost, end: 1, rate: rated, leave: 1,
		look: math.Floor(m.minutes / lookMin), count: 1 + rated, ping: beats * (proof - 1) / proof,
	}
}

// shift is what happens whether anybody talks or not.
func (m month) shift() map[string]float64 {
	const runs = days * 24 * 60
	open := m.openMinutes()
	beats := m.agents * open * 60 / beatSec
	sessions := m.agents * days * math.Ceil(m.hours*60/renew)
	return map[string]float64{
		night: runs - open, sweep: open,
		agentAuthorize: sessions, agentConnect: sessions, desk: sessions, agentLeave: sessions, canned: m.agents * days,
		deskBeat: beats / proof, ping: beats * (proof - 1) / proof,
	}
}

func (m month) openMinutes() float64 {
	if m.agents == 0 {
		return 0
	}
	return m.hours * 60 * days
}

// asked is what all of it asks of AWS.
func (m month) asked(events map[string]event) operations {
	sum := operations{}
	for name, n := range m.times() {
		sum.add(events[name].with(m.agents, m.texts), n)
	}
	return sum
}

// usage is what AWS bills.
func (m month) usage(events map[string]event) map[item]float64 {
	sum := m.asked(events)
	use := m.billed(sum)
	left := events[stored].with(0, m.texts)
	use[item{"DynamoDB", "storage"}] = m.chats * keep * (left[tableBytes] + left[indexBytes]) / gb
	use[item{"DynamoDB", "point-in-time recovery"}] = m.chats * keep * left[tableBytes] / gb
	use[item{"API Gateway", "connection minutes"}] = m.chats*m.minutes + m.agents*m.openMinutes()
	use[item{"CloudWatch", "alarms"}], use[item{"CloudWatch", "dashboards"}] = m.alarms, m.boards
	use[item{"CloudWatch", "custom metrics"}] = events[m.measured()].Base[metrics]
	asked := m.visits + opened*m.chats + openedDesk*m.agents*days
	use[item{"CloudFront", "requests"}] = asked
	use[item{"CloudFront", "data out"}] = (m.visits*loaderBytes + m.chats*(panelBytes+talkBytes) + m.agents*days*consoleBytes) / gb
	use[item{"S3", "reads"}], use[item{"S3", "storage"}] = asked*missed, pagesBytes/float64(gb)
	use[item{"Scheduler", "invocations"}] = days * 24 * 60
	use[item{"Cognito", "agents, Essentials"}] = m.agents
	use[item{"Systems Manager", "parameters, standard"}] = m.parameters
	return use
}

// measured is which custom metrics a month makes: all of them, unless nobody is there but the sweep.
func (m month) measured() string {
	if m.chats == 0 && m.agents == 0 {
		return quiet
	}
	return watched
}

// billed is what API Gateway, Lambda, DynamoDB and CloudWatch bill for these operations.
func (m month) billed(sum operations) map[item]float64 {
	logged := sum[logBytes] / gb
	return map[item]float64{
		{"API Gateway", "messages"}:            sum[frames] + sum[answers] + sum[posts] + sum[callbacks],
		{"Lambda", "invocations"}:              sum[invocations],
		{"Lambda", "duration, arm64"}:          m.seconds(sum) * memoryGB,
		{"DynamoDB", "write units"}:            sum[writes],
		{"DynamoDB", "read units"}:             sum[reads],
		{"CloudWatch", "logs taken in"}:        logged,
		{"CloudWatch", "logs kept"}:            logged, // the template keeps them for a month
		{"Data transfer", "out of the region"}: sum[sentBytes] / gb,
	}
}

// seconds is for how long functions run: a millisecond each, and the calls that they wait for, one after the other.
func (m month) seconds(sum operations) float64 {
	return (sum[invocations] + m.ms*calls(sum)) / 1000
}

func calls(o operations) float64 { return o[requests] + o[posts] + o[callbacks] }
