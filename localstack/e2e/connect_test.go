package e2e_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConnectIsRefused(t *testing.T) {
	s := runningStack(t)
	good := s.customerToken(t, unique("cust"))
	none, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"aud": "rejoin", "sub": "x", "exp": time.Now().Add(time.Hour).Unix()}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	other := s
	other.SiteSecret = "another secret, of another shop, long enough"
	for name, tt := range map[string]struct {
		token  string
		header http.Header
		status int
	}{
		"no token":                     {status: http.StatusUnauthorized},
		"not a token":                  {token: "rubbish", status: http.StatusForbidden},
		"no algorithm":                 {token: none, status: http.StatusForbidden},
		"another secret":               {token: other.customerToken(t, unique("cust")), status: http.StatusForbidden},
		"expired":                      {token: s.customerToken(t, unique("cust"), func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Hour).Unix() }), status: http.StatusForbidden},
		"without an end":               {token: s.customerToken(t, unique("cust"), func(c jwt.MapClaims) { c["exp"] = nil }), status: http.StatusForbidden},
		"for another audience":         {token: s.customerToken(t, unique("cust"), func(c jwt.MapClaims) { c["aud"] = "elsewhere" }), status: http.StatusForbidden},
		"tampered":                     {token: good[:len(good)-6] + "AAAAAA", status: http.StatusForbidden},
		"from a page that is not ours": {token: good, header: http.Header{"Origin": {"https://evil.example"}}, status: http.StatusForbidden},
		"from a page without origin":   {token: good, header: http.Header{"Origin": {"null"}}, status: http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			conn, resp, err := s.dial(t, tt.token, tt.header)
			if err == nil {
				_ = conn.CloseNow()
			}
			require.Error(t, err)
			require.NotNil(t, resp)
			assert.Equal(t, tt.status, resp.StatusCode)
		})
	}
}

func TestAVisitorIsTheirKey(t *testing.T) {
	s := runningStack(t)
	key := visitorKey(t)
	c := s.connect(t, visitorToken(t, key))
	first := c.ask("join", frame{"start": true, "profile": frame{"name": "방문자", "topic": "배송"}})
	room := first.str("room", "id")
	require.NotEmpty(t, room, "%v", first)
	assert.Regexp(t, "^v_[A-Za-z0-9_-]{43}$", first.str("room", "customer", "id"))
	assert.Equal(t, "방문자", first.str("room", "customer", "name"))
	again := s.connect(t, visitorToken(t, key)).ask("join", frame{})
	assert.Equal(t, room, again.str("room", "id"), "another token of the same key")
	stranger := s.connect(t, visitorToken(t, visitorKey(t))).ask("join", frame{})
	assert.Nil(t, stranger["room"])
}

func TestRubbishGetsAnErrorAndTheSocketStaysOpen(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	c.stayAway()
	for name, data := range map[string]string{
		"not JSON":              `hello`,
		"empty object":          `{}`,
		"array":                 `[]`,
		"null":                  `null`,
		"number":                `7`,
		"unknown action":        `{"action":"dance"}`,
		"action of wrong type":  `{"action":{"a":1}}`,
		"no room":               `{"action":"message","no":1,"text":"x"}`,
		"room of wrong type":    `{"action":"message","room":7,"no":1,"text":"x"}`,
		"no number":             `{"action":"message","room":"` + room + `","text":"x"}`,
		"number is a string":    `{"action":"message","room":"` + room + `","no":"1","text":"x"}`,
		"number is a fraction":  `{"action":"message","room":"` + room + `","no":1.5,"text":"x"}`,
		"number is negative":    `{"action":"message","room":"` + room + `","no":-1,"text":"x"}`,
		"number is enormous":    `{"action":"message","room":"` + room + `","no":1e300,"text":"x"}`,
		"no text":               `{"action":"message","room":"` + room + `","no":1}`,
		"text of white space":   `{"action":"message","room":"` + room + `","no":1,"text":" \n\t "}`,
		"text is null":          `{"action":"message","room":"` + room + `","no":1,"text":null}`,
		"id of wrong type":      `{"action":"read","room":"` + room + `","seq":1,"id":7}`,
		"id too long":           `{"action":"read","room":"` + room + `","seq":1,"id":"` + long(65) + `"}`,
		"negative seq":          `{"action":"read","room":"` + room + `","seq":-4}`,
		"since of wrong type":   `{"action":"join","since":"all"}`,
		"start of wrong type":   `{"action":"join","start":"yes"}`,
		"profile of wrong type": `{"action":"join","profile":[]}`,
		"cursor is rubbish":     `{"action":"history","before":"../../etc"}`,
		"limit of wrong type":   `{"action":"history","limit":"many"}`,
		"an agent's action":     `{"action":"queue"}`,
		"strange room id":       `{"action":"end","room":"` + long(500) + `"}`,
		"empty room id":         `{"action":"typing","room":""}`,
	} {
		t.Run(name, func(t *testing.T) {
			before := len(c.frames())
			c.raw(data)
			f := c.await("an error", func(f frame) bool {
				return len(c.got) > before && c.got[len(c.got)-1].str("type") == "error" && f.str("type") == "error"
			})
			assert.NotEmpty(t, f.str("code"))
			assert.NotEmpty(t, f.str("message"))
			c.ping()
		})
	}
	tooLong := c.ask("message", frame{"room": room, "no": 1, "text": long(4001)})
	assert.Equal(t, "too_long", tooLong.str("code"))
	assert.Equal(t, 1, tooLong.num("no"))
	say(c, room, 1, long(4000))
	assert.Equal(t, []string{long(4000)}, c.ask("join", frame{"room": room}).texts(), "nothing else changed")
}

func long(n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = '가' + rune(i%500)
	}
	return string(out)
}
