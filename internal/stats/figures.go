package stats

import (
	"slices"

	"rejoin/internal/chat"
)

// Figures are what chats add up to.
type Figures struct {
	Started    int64 // chats
	Answered   int64 // an agent took it
	Abandoned  int64 // it ended before one did: Started − Answered
	Unanswered int64 // of the answered: the customer wrote, and no agent ever did after
	Ended      [reasons]int64
	Texts      [sides]int64
	Histograms [measures]Histogram
}

// Measure is what values are of.
type Measure int

// The measures: milliseconds, but for Rating.
const (
	Wait          Measure = iota // of the answered: from the start until an agent took it
	AbandonedWait                // of the abandoned: from the start to the end
	FirstResponse                // from the customer's first text to the first of an agent after it
	Talk                         // of the answered: from when an agent took it to the end
	Response                     // each time the customer had asked: from then until an agent wrote
	Rating                       // 1…5
	measures
)

const (
	reasons = 5
	sides   = 2
)

// customerTexts and agentTexts are the sides' places in Texts.
const (
	customerTexts = iota
	agentTexts
)

// EndedBy is how many ended for the reason.
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

// Add adds another's.
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
	for i := range other.Histograms {
		f.Histograms[i].Add(other.Histograms[i])
	}
}
