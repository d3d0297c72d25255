package gateway_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

func TestServiceErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"by rule", &chat.Error{Code: chat.OutOfOrder, Message: "This is not the next message.", Expected: 5},
			`{"type":"error","re":"m7","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","no":3,"code":"out_of_order",
			"message":"This is not the next message.","retry":false,"expected":5}`},
		{"by rule, wrapped, for now", fmt.Errorf("send: %w", &chat.Error{Code: chat.Unavailable, Message: "Later."}),
			`{"type":"error","re":"m7","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","no":3,"code":"unavailable","message":"Later.","retry":true}`},
		{"from below", errors.New("arn:aws:dynamodb:table is throttled"),
			`{"type":"error","re":"m7","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","no":3,"code":"unavailable",
			"message":"Something went wrong on our side. Please try again.","retry":true}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			response := handle(t, controller(&script{err: c.err}, io.Discard), sample(t, "message"))
			assert.Equal(t, 200, response.StatusCode)
			assert.JSONEq(t, c.want, response.Body)
		})
	}
}

// TestConflict holds that who edited what is not the newest gets the newest.
func TestConflict(t *testing.T) {
	response := handle(t, controller(&script{err: &chat.Error{Code: chat.Conflict, Message: "Changed.", Stored: &greeting}}, io.Discard), sample(t, "canned-put"))
	assert.JSONEq(t, `{"type":"error","re":"c2","code":"conflict","message":"Changed.","retry":false,"item":{
		"key":"6d1f0c52-8a44-4c1e-9b0e-2f7a3d5c9e11","scope":"shared","title":"인사","text":"<b>안녕하세요</b>","position":65536,"version":2}}`, response.Body)
}

// TestLog holds that every event leaves exactly one line, that it can be traced, and that it tells nothing of what
// people wrote or who they are.
func TestLog(t *testing.T) {
	secrets := []string{
		"Mina", "Park", "Kim", "rgen", "Sora", "Lee", "@", "parcel", "Order 2210", "signed.token", "shop.example", "Hello", "안녕", "인사", "친절", "203.0.113", "Mozilla",
	}
	for _, outcome := range []struct {
		err   error
		level string
	}{
		{nil, "INFO"},
		{&chat.Error{Code: chat.Forbidden, Message: "Kim has taken this chat."}, "INFO"},
		{errors.New("request timed out"), "ERROR"},
	} {
		for _, name := range eventNames(t) {
			t.Run(fmt.Sprint(name, " ", outcome.err), func(t *testing.T) {
				var out bytes.Buffer
				s := &script{err: outcome.err}
				event := sample(t, name)
				handle(t, controller(s, &out), event)
				for _, secret := range secrets {
					assert.NotContains(t, out.String(), secret)
				}
				require.Equal(t, 1, strings.Count(out.String(), "\n"))
				var line map[string]any
				require.NoError(t, json.Unmarshal(out.Bytes(), &line))
				assert.Equal(t, event.RequestContext.RouteKey, line["route"])
				assert.Equal(t, event.RequestContext.RequestID, line["requestId"])
				assert.Equal(t, event.RequestContext.ConnectionID, line["connectionId"])
				assert.Contains(t, line, "durationMs")
				if len(s.calls) > 0 {
					assert.Equal(t, outcome.level, line["level"])
				}
				if strings.Contains(event.Body, `"room":`) && name != "join-agent" { // which names many
					assert.Equal(t, string(roomID), line["room"])
				}
			})
		}
	}
}

func TestSweepLog(t *testing.T) {
	var out bytes.Buffer
	_, err := controller(&script{}, &out).Sweep()(t.Context(), gateway.SweepEvent{})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(out.String(), "\n"))
	assert.Contains(t, out.String(), `"route":"sweep","looked":3,"ended":1,"counted":2,"durationMs":0,"outcome":"ok"`)
}
