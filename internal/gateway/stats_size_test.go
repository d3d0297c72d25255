package gateway_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
	"rejoin/internal/stats"
)

// manyRows answers with more rows of figures than any shop has.
type manyRows struct {
	*script
	rows  int
	agent chat.Person
}

func (c manyRows) Query(context.Context, chat.Caller, stats.Query) (stats.Result, error) {
	const most = 9_999_999
	f := stats.Figures{Started: most, Answered: most, Abandoned: most, Unanswered: most, Texts: [2]int64{most, most}}
	for i := range f.Ended {
		f.Ended[i] = most
	}
	for i := range f.Histograms {
		f.Histograms[i].Observe(1 << 36) // two years
		f.Histograms[i].N, f.Histograms[i].Sum = 1, 1<<53
	}
	var all stats.Result
	for range c.rows {
		all.Rows = append(all.Rows, stats.Row{At: maxTime, Agent: c.agent, MostWaiting: most, Online: most, Figures: f})
	}
	return all, nil
}

const maxTime = 9_999_999_999_999

// TestStatisticsFitAnAnswer: an answer is never larger than API Gateway carries.
func TestStatisticsFitAnAnswer(t *testing.T) {
	longest := chat.Person{ID: chat.PersonID("a_" + strings.Repeat("x", 255)), Name: strings.Repeat("<", 64)}
	for by, answer := range map[string]manyRows{
		"day": {&script{}, stats.MaxRows, chat.Person{}}, "agent": {&script{}, stats.MaxAgents, longest},
	} {
		c := controller(&script{}, io.Discard)
		c.Stats = answer
		body := handle(t, c, frameEvent(t, chat.Agent, "stats", `{"from":1,"to":2,"by":"`+by+`"}`)).Body
		assert.Greater(t, len(body), 90<<10)
		assert.LessOrEqual(t, len(body), maxPush, by)
	}
}
