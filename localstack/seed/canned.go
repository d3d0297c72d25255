package main

import (
	"context"
	"fmt"

	"rejoin/localstack/people"
	"rejoin/localstack/wire"
)

// canned is a saved reply.
type canned struct{ scope, title, text string }

// cannedByAgent is the saved replies and who saves them.
var cannedByAgent = []struct {
	agent    string // username
	messages []canned
}{
	{"admin", []canned{
		{"shared", "인사", "안녕하세요 {고객}님, 상담원 {상담원}입니다. 무엇을 도와드릴까요?"},
		{"shared", "잠시만요", "확인해 드릴게요. 잠시만 기다려 주세요."},
		{"shared", "Hello", "Hello {customer}, this is {agent}. How can I help you?"},
		{"shared", "Return label", "The return label is on its way to your e-mail. It is valid for 14 days."},
		{"shared", "Goodbye", "Thank you for writing to us. Have a good day!"},
	}},
	{"minji", []canned{
		{"mine", "출고 안내", "오늘 오후 4시에 출고되어 내일 도착할 예정이에요 😊"},
		{"mine", "마무리", "더 궁금하신 점은 언제든 남겨 주세요. 좋은 하루 보내세요!"},
	}},
	{"alex", []canned{
		{"mine", "Sizes", "Our shoes run small: please take one size more than usual."},
	}},
}

// putCanned saves each agent's replies, as their console would.
func putCanned(ctx context.Context, s people.Stack) error {
	for _, of := range cannedByAgent {
		line, err := console(ctx, s, of.agent)
		if err != nil {
			return err
		}
		for i, m := range of.messages {
			_, err = line.Ask(ctx, wire.Frame{
				"action": "cannedPut", "key": fmt.Sprintf("%s-%d", of.agent, i+1), "scope": m.scope, "title": m.title, "text": m.text,
			})
			if err != nil {
				break
			}
		}
		line.Close()
		if err != nil {
			return fmt.Errorf("saved replies of %s: %w", of.agent, err)
		}
	}
	return nil
}
