package stats

import (
	"slices"

	"rejoin/internal/chat"
)

// Figures are the sums of any number of chats.
type Figures struct {
	Started    int64 // all chats
	Answered   int64 // taken by an agent
	Abandoned  int64 // ended before an agent took it: Started − Answered
	Unanswered int64 // of the answered: no agent wrote after the customer did
	Ended      [reasons]int64
	Texts      [sides]int64
	// Left are the chats that were kept for later, since nobody served, and that no agent got while their customer was there:
	// those with a Room.Kept at their end.
	Left         int64
	LeftAnswered int64 // of the left: an agent wrote in it
	Histograms   [measures]Histogram
}

// Measure says what a histogram's values are.
type Measure int

// The measures, in milliseconds except for Rating. Those named Open are the part of the time that lay within the opening hours
// which the shop had then.
const (
	Wait              Measure = iota // of the answered: from the start until an agent took it
	AbandonedWait                    // of the abandoned that were not left: from the start to the end
	FirstResponse                    // from the customer's first text to the first of an agent after it
	Talk                             // of the answered: from when an agent took it to the end; of the left, how long agents held it
	Response                         // from the customer's oldest unanswered text, or when the agent got the chat if later, to the agent's next text
	Rating                           // 1…5
	WaitOpen                         // Wait
	FirstResponseOpen                // FirstResponse
	LeftFirst                        // FirstResponse of the left
	LeftFirstOpen                    // the same
	measures
)

// whole is the measure whose part within the opening hours this one is, if most chats have the same value in both.
func (m Measure) whole() (whole Measure, isPart bool) {
	switch m {
	case WaitOpen:
		return Wait, true
	case FirstResponseOpen:
		return FirstResponse, true
	case Wait, AbandonedWait, FirstResponse, Talk, Response, Rating, LeftFirst, LeftFirstOpen, measures:
	}
	return 0, false
}

const (
	reasons = 6
	sides   = 2
)

// Indexes of Texts.
const (
	customerTexts = iota
	agentTexts
)

// EndedBy is how many chats ended for the reason.
func (f *Figures) EndedBy(reason chat.Reason) int64 {
	return f.Ended[slices.Index(chat.Reasons(), reason)]
}

// TextsOf is how many texts a side wrote.
func (f *Figures) TextsOf(side chat.Side) int64 {
	if side == chat.Customer {
		return f.Texts[customerTexts]
	}
	return f.Texts[agentTexts]
}

// Add adds other to f.
func (f *Figures) Add(other Figures) {
	f.Started += other.Started
	f.Answered += other.Answered
	f.Abandoned += other.Abandoned
	f.Unanswered += other.Unanswered
	for i, n := range other.Ended {
		f.Ended[i] += n
	}
	for i, n := range other.Texts {
		f.Texts[i] += n
	}
	f.Left += other.Left
	f.LeftAnswered += other.LeftAnswered
	for i := range other.Histograms {
		f.Histograms[i].Add(other.Histograms[i])
	}
}
