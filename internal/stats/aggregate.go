package stats

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"rejoin/internal/chat"
)

// total is figures with a weight: the sum of the revs of their rooms. Rooms are only added, or return with a higher rev, so
// the total with the greater weight has seen more.
type total struct {
	Figures
	weight int64
}

func (t *total) add(other total) {
	t.Add(other.Figures)
	t.weight += other.weight
}

// finishBatch adds up each hour again from its rooms' contributions, for those owners whose figures may have changed: everybody
// and agents. Then, for each of them, it adds up the days from their hours, and earlier days that have no rows yet. At last it
// marks the hours' rooms as counted, on condition that they have not changed since they were read. The work of a step is done
// side by side, and a step begins after the one before. So it reads all that was written, and of several runs at once the one
// that began last sees the rows of all of them. An hour of which a step fails has none of its rooms marked, and stops no other.
func (s *Service) finishBatch(ctx context.Context, b *batch) (int, error) {
	if len(b.hours) == 0 {
		return 0, nil
	}
	covered, err := s.coverage(ctx, firstKey, lastKey)
	if err != nil {
		return 0, err
	}
	hours := slices.Sorted(maps.Keys(b.hours))
	sum := newSteps(len(hours))
	read := make([]map[chat.PersonID]hourTotal, len(hours))
	for i, at := range hours {
		sum.plan(i, func(ctx context.Context) (err error) {
			read[i], err = s.readHour(ctx, at, b.hours[at].owners)
			return err
		})
	}
	sum.do(ctx, s.Each)
	days, owners := needs[ownersDay]{}, needs[chat.PersonID]{}
	for i, at := range hours {
		for _, agent := range slices.Sorted(maps.Keys(read[i])) {
			t := read[i][agent]
			sum.plan(i, func(ctx context.Context) error { return s.putHour(ctx, agent, at, t) })
			days.add(ownersDay{agent, dayOf(at, s.Zone)}, i)
			owners.add(agent, i)
		}
	}
	sum.do(ctx, s.Each)
	for _, of := range days.order {
		sum.planFor(days.hours[of], func(ctx context.Context) error { return s.aggregateDay(ctx, of.agent, of.day) })
	}
	for _, agent := range owners.order {
		sum.planFor(owners.hours[agent], func(ctx context.Context) error { return s.extendDays(ctx, agent, covered.of(agent)) })
	}
	sum.do(ctx, s.Each)
	var marked atomic.Int64
	for i, at := range hours {
		for _, r := range b.hours[at].rooms {
			sum.plan(i, func(ctx context.Context) error {
				_, ok, err := s.Store.SetCounted(ctx, r.ID, r.Rev)
				if err != nil {
					return fmt.Errorf("mark room %s as counted: %w", r.ID, err)
				}
				if ok {
					marked.Add(1)
				}
				return nil
			})
		}
	}
	sum.do(ctx, s.Each)
	return int(marked.Load()), chat.JoinErrors(sum.errs)
}

// ownersDay is a day of one owner.
type ownersDay struct {
	agent chat.PersonID
	day   chat.Millis
}

// hourTotal is the total of one owner in one hour, and the owner's name.
type hourTotal struct {
	total
	name string
}

// readHour adds up an hour's chats, by those owners who changed and have figures in it: "" for everybody, and each agent who
// held one of the chats.
func (s *Service) readHour(ctx context.Context, at chat.Millis, changed map[chat.PersonID]bool) (map[chat.PersonID]hourTotal, error) {
	rows, err := s.Store.Stats(ctx, chatsSeries(at), firstKey, lastKey)
	if err != nil {
		return nil, fmt.Errorf("read the chats of hour %d: %w", at, err)
	}
	totals := map[chat.PersonID]hourTotal{}
	for _, row := range rows {
		contributions, err := decodeContributions(row.Data)
		if err != nil {
			return nil, fmt.Errorf("chat %s of hour %d: %w", row.At, at, err)
		}
		for _, c := range contributions {
			if !changed[c.Agent] {
				continue
			}
			t := totals[c.Agent]
			t.add(total{c.Figures, row.Weight})
			t.name = c.Name
			totals[c.Agent] = t
		}
	}
	return totals, nil
}

// putHour writes an owner's row of an hour, and puts an agent among those who have figures.
func (s *Service) putHour(ctx context.Context, agent chat.PersonID, at chat.Millis, t hourTotal) error {
	if err := s.putTotal(ctx, hoursSeries(agent), at, t.total); err != nil || agent == "" {
		return err
	}
	row := s.row(agentsSeries, string(agent), at, int64(at), []byte(t.name))
	if _, err := s.Store.PutStats(ctx, row); err != nil {
		return fmt.Errorf("put %s among the agents: %w", agent, err)
	}
	return nil
}

func (s *Service) aggregateDay(ctx context.Context, agent chat.PersonID, from chat.Millis) error {
	rows, err := s.readTotals(ctx, hoursSeries(agent), from, daysAfter(from, s.Zone, 1))
	if err != nil {
		return err
	}
	var sum total
	for _, row := range rows {
		sum.add(row.total)
	}
	return s.putTotal(ctx, s.daysSeries(agent), from, sum)
}

// putTotal writes a row, unless the stored one has a greater weight.
func (s *Service) putTotal(ctx context.Context, series string, at chat.Millis, t total) error {
	row := s.row(series, keyOf(at), at, t.weight, encode(t.Figures))
	if _, err := s.Store.PutStats(ctx, row); err != nil {
		return fmt.Errorf("put %s of %s: %w", row.At, series, err)
	}
	return nil
}

// timedTotal is the total of the hour or day that begins at `at`.
type timedTotal struct {
	at chat.Millis
	total
}

// readTotals reads the rows of a series that begin from `from` on and before `to`, in order.
func (s *Service) readTotals(ctx context.Context, series string, from, to chat.Millis) ([]timedTotal, error) {
	rows, err := s.Store.Stats(ctx, series, keyOf(from), keyOf(to-1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", series, err)
	}
	all := make([]timedTotal, len(rows))
	for i, row := range rows {
		at, err := timeOfKey(row.At)
		if err != nil {
			return nil, err
		}
		f, err := decode(row.Data)
		if err != nil {
			return nil, fmt.Errorf("row %s of %s: %w", row.At, series, err)
		}
		all[i] = timedTotal{at, total{f, row.Weight}}
	}
	return all, nil
}
