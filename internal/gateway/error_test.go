package gateway_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
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

// TestFullQueue: the error is the whole answer of a join with a start.
func TestFullQueue(t *testing.T) {
	response := handle(t, controller(&script{err: &chat.Error{Code: chat.Full, Message: "Later."}}, io.Discard),
		frameEvent(t, chat.Customer, "join", `{"action":"join","id":"j1","start":true}`))
	assert.JSONEq(t, `{"type":"error","re":"j1","code":"full","message":"Later.","retry":false}`, response.Body)
}

// TestConflict: the editor of an old version gets the newest.
func TestConflict(t *testing.T) {
	response := handle(t, controller(&script{err: &chat.Error{Code: chat.Conflict, Message: "Changed.", Stored: &greeting}}, io.Discard), sample(t, "canned-put"))
	assert.JSONEq(t, `{"type":"error","re":"c2","code":"conflict","message":"Changed.","retry":false,"item":{
		"key":"6d1f0c52-8a44-4c1e-9b0e-2f7a3d5c9e11","scope":"shared","title":"인사","text":"<b>안녕하세요</b>","position":65536,"version":2}}`, response.Body)
}
