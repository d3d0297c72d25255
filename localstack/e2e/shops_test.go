package e2e_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// at is the stack as a shop with this key uses it.
func (s stack) at(t *testing.T, key string) stack {
	t.Helper()
	require.Contains(t, s.Shops, key)
	s.Site, s.SiteSecret = key, s.Shops[key]
	return s
}

// TestTwoShops: the shops of one deployment have separate customers and a common queue.
func TestTwoShops(t *testing.T) {
	first := runningStack(t)
	tea := first.at(t, "tea")
	agent := first.agent(t, 1)
	sub := unique("cust")
	pots, leaves := first.connect(t, first.customerToken(t, sub)), tea.connect(t, tea.customerToken(t, sub))
	a, b := pots.ask("join", frame{"start": true}), leaves.ask("join", frame{"start": true})
	assert.Equal(t, "c_"+sub, a.str("room", "customer", "id"))
	assert.Equal(t, "c_tea:"+sub, b.str("room", "customer", "id"))
	assert.NotContains(t, b["room"], "site", "their page knows")

	for room, site := range map[string]any{a.str("room", "id"): nil, b.str("room", "id"): "tea"} {
		taken := agent.ask("take", frame{"room": room})
		assert.Equal(t, site, taken.at("room", "site"))
		assert.Equal(t, "not_found", map[bool]*client{true: pots, false: leaves}[site != nil].ask("end", frame{"room": room}).str("code"))
		agent.ask("end", frame{"room": room})
	}

	key := visitorKey(t)
	visitor := tea.connect(t, visitorToken(t, key)).ask("join", frame{"start": true})
	assert.Regexp(t, "^v_tea:[A-Za-z0-9_-]{39}$", visitor.str("room", "customer", "id"))
	assert.Nil(t, first.connect(t, visitorToken(t, key)).ask("join", frame{})["room"], "a stranger at the other shop")
}

func TestShopsLetNobodyElsesIn(t *testing.T) {
	first := runningStack(t)
	tea := first.at(t, "tea")
	nowhere := first
	nowhere.Site = "nowhere"
	from := func(origin string) http.Header { return http.Header{"Origin": {origin}} }
	own, byName := first.AWS, "http://127.0.0.1"+first.AWS[len("http://localhost"):]
	sub := unique("cust")
	for name, tt := range map[string]struct {
		at     stack
		token  string
		header http.Header
		in     bool
	}{
		"its own page and customer":         {tea, tea.customerToken(t, sub), from(own), true},
		"the first shop's customer":         {tea, first.customerToken(t, sub), nil, false},
		"its customer at the first shop":    {first, tea.customerToken(t, sub), nil, false},
		"a page of the first shop alone":    {tea, tea.customerToken(t, sub), from(byName), false},
		"that page where it belongs":        {first, first.customerToken(t, sub), from(byName), true},
		"a shop that is none":               {nowhere, visitorToken(t, visitorKey(t)), nil, false},
		"a visitor from the other's page":   {tea, visitorToken(t, visitorKey(t)), from(byName), false},
		"a visitor from the shop's own one": {tea, visitorToken(t, visitorKey(t)), from(own), true},
	} {
		t.Run(name, func(t *testing.T) {
			conn, resp, err := tt.at.dial(t, tt.token, tt.header)
			if err == nil {
				_ = conn.CloseNow()
			}
			require.NotNil(t, resp)
			want := http.StatusForbidden
			if tt.in {
				want = http.StatusSwitchingProtocols
			}
			assert.Equal(t, want, resp.StatusCode)
		})
	}
}
