package gateway

import (
	"context"
	"slices"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/stats"
	"rejoin/internal/zone"
)

// maxZone is how long the name of a time zone may be, in code points.
const maxZone = 64

func (c *Controller) stats(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	query, err := f.decodeStats()
	if err != nil {
		return nil, err
	}
	answer, err := c.Stats.Query(ctx, caller, query)
	if err != nil {
		return nil, err
	}
	reply := statsFrame{head: f.head(typeStats), Rows: convertAll(answer.Rows, figuresOf), Cursor: answer.After}
	if now := answer.Now; now != nil {
		reply.Present, reply.Open = convertAll(now.Present, presentOf), &now.Open
	}
	return reply, nil
}

func (f *frame) decodeStats() (stats.Query, error) {
	query := stats.Query{
		By: stats.Unit(f.string("by", 0)), Agent: f.agent(), Zone: f.zone("tz"), After: f.string("cursor", maxPerson),
	}
	if query.By != stats.ByNow {
		query.From, query.To = f.bound("from", "firstDay", 0, query.Zone), f.bound("to", "lastDay", 1, query.Zone)
	}
	if !slices.Contains(stats.Units(), query.By) {
		f.refuse("The field %q has to be one of %q.", "by", stats.Units())
	}
	return query, f.failure()
}

// bound reads a time, or else a date: the beginning of that day in the zone, or of the day `later` days after it.
func (f *frame) bound(at, day string, later int, tz *time.Location) chat.Millis {
	if !f.has(day) {
		return chat.Millis(f.integer(at, 0, maxTime))
	}
	date, err := time.Parse(time.DateOnly, f.string(day, len(time.DateOnly)))
	begins := stats.StartOfDay(date.AddDate(0, 0, later), tz)
	if err != nil || begins < 0 || begins > maxTime {
		f.refuse("The field %q has to be a date like 2026-11-30.", day)
		return 0
	}
	return begins
}

// zone reads the IANA name of a time zone; UTC if it is absent.
func (f *frame) zone(name string) *time.Location {
	found, err := zone.Load(f.string(name, maxZone))
	if err != nil {
		f.refuse("The field %q has to be the name of a time zone.", name)
		return time.UTC
	}
	return found
}

// figuresOf is a row of figures.
func figuresOf(r stats.Row) figuresObject {
	ended := map[chat.Reason]int64{}
	for _, reason := range chat.Reasons() {
		ended[reason] = r.EndedBy(reason)
	}
	histogram := func(m stats.Measure) histogramObject {
		s := r.Histograms[m]
		return histogramObject{s.N, s.Sum, s.Quantile(0.5), s.Quantile(0.9), s.Quantile(0.99)}
	}
	o := figuresObject{
		At: r.At, Day: r.Day, Started: r.Started, Answered: r.Answered, Abandoned: r.Abandoned, Unanswered: r.Unanswered, Ended: ended,
		Texts: textsObject{r.TextsOf(chat.Customer), r.TextsOf(chat.Agent)},
		Wait:  histogram(stats.Wait), AbandonedWait: histogram(stats.AbandonedWait), First: histogram(stats.FirstResponse),
		WaitOpen: histogram(stats.WaitOpen), FirstOpen: histogram(stats.FirstResponseOpen),
		Left: r.Left, LeftAnswered: r.LeftAnswered, LeftFirst: histogram(stats.LeftFirst), LeftFirstOpen: histogram(stats.LeftFirstOpen),
		Talk: histogram(stats.Talk), Response: histogram(stats.Response), Rating: histogram(stats.Rating),
		MostWaiting: r.MostWaiting, Online: r.Online,
	}
	if r.Agent.ID != "" {
		o.Agent = new(personOf(r.Agent))
	}
	return o
}

func presentOf(a stats.Presence) presentObject {
	return presentObject{personOf(a.Agent), a.Status, a.Open}
}
