package stats

import (
	"context"
	"encoding/binary"
	"fmt"

	"rejoin/internal/chat"
)

// stateSeries holds what was last counted of the present. Its rows are replaced by later ones, and nothing is lost with them.
const stateSeries = "state"

// counted is a figure of the present that somebody counted less than `age` ago. Otherwise it is counted now, and stored for
// all who ask next. A figure that this version cannot read is counted too.
func (s *Service) counted(ctx context.Context, key string, age chat.Millis, count func(context.Context) (int64, error)) (int64, error) {
	now := s.Clock.Now()
	rows, err := s.Store.Stats(ctx, stateSeries, key, key)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", key, err)
	}
	if len(rows) > 0 && now-chat.Millis(rows[0].Weight) < age {
		d := newDecoder(rows[0].Data, encodingVersion)
		if n := d.number(); d.end() == nil {
			return n, nil
		}
	}
	n, err := count(ctx)
	if err != nil {
		return 0, err
	}
	data := binary.AppendUvarint([]byte{encodingVersion}, uint64(n))
	return n, s.putState(ctx, key, now, data)
}

func (s *Service) putState(ctx context.Context, key string, at chat.Millis, data []byte) error {
	row := chat.StatsRow{Series: stateSeries, At: key, Weight: int64(at), Data: data}
	if _, err := s.Store.PutStats(ctx, row); err != nil { // ok is false if somebody has counted it later
		return fmt.Errorf("store %s: %w", key, err)
	}
	return nil
}
