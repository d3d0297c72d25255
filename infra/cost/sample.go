package main

import "math"

// The sample to compare with, https://github.com/aws-samples/simple-websockets-chat-app, sends each text to everybody: a
// connect puts the connection's id into a table, a disconnect deletes it, and a text scans the table and posts to all.
const (
	rowBytes  = 12 + 16 // "connectionId" and the id, all attributes of an item
	pageBytes = 1 << 20 // what one Scan reads; the sample reads no second page
	readBytes = 4 << 10 // what half a unit reads with eventual consistency
	saidBytes = 80
)

// everyone is how many people are connected at a time, on average while agents are online.
func (m month) everyone() float64 {
	open := m.openMinutes()
	if open == 0 {
		return 0
	}
	return m.chats*m.minutes/open + m.agents
}

// scanned is the sample's operations for one text with this many connections.
func scanned(connected float64) operations {
	seen := math.Min(connected, math.Floor(pageBytes/float64(rowBytes)))
	return operations{
		invocations: 1, frames: 1, posts: seen, requests: 1, reads: math.Max(1, math.Ceil(seen*rowBytes/readBytes)) / 2, sentBytes: seen * saidBytes,
	}
}

// platformBytes is what Lambda logs of an invocation by default.
const platformBytes = 500

// sampleUsage is what AWS would bill the sample for the same people, texts and minutes.
func (m month) sampleUsage() map[item]float64 {
	came := m.times()[connect] + m.times()[agentConnect]
	text := scanned(m.everyone())
	sum := operations{invocations: 2 * came, writes: 2 * came, requests: 2 * came} // PutItem and DeleteItem
	sum.add(text, m.chats*m.texts)
	sum[logBytes] = sum[invocations] * platformBytes
	use := m.billed(sum)
	// It posts to all concurrently, so a text takes as long as the Scan and one post.
	waited := operations{invocations: sum[invocations], requests: sum[requests] + m.chats*m.texts}
	use[item{"Lambda", "duration, arm64"}] = m.seconds(waited) * memoryGB
	use[item{"API Gateway", "connection minutes"}] = m.chats*m.minutes + m.agents*m.openMinutes()
	return use
}
