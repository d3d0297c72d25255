package main

import (
	"context"

	"rejoin/localstack/people"
	"rejoin/localstack/wire"
)

// conversation is one customer's room: its texts, and how it ends.
type conversation struct {
	sub, name, email, topic string
	agent                   string // username of the agent who takes the room; empty: it keeps waiting
	texts                   []string
	answers                 []string
	ends                    bool
	score                   int // the customer's rating; 0: none
	comment                 string
}

var conversations = []conversation{
	{
		sub: "oliver", name: "Oliver Smith", email: "oliver@example.com", topic: "Returns",
		texts:   []string{"Hello, the shoes I ordered are one size too small.", "Can I change them for a 44?"},
		agent:   "alex",
		answers: []string{"Hello Oliver, of course. I have put a 44 aside for you.", "The return label is on its way to your e-mail."},
		ends:    true,
		score:   5, comment: "Quick and kind.",
	},
	{
		sub: "jiho", name: "최지호", email: "jiho@example.com", topic: "환불",
		texts:   []string{"지난주에 산 가방을 환불하고 싶어요.", "택은 그대로 있습니다."},
		agent:   "minji",
		answers: []string{"안녕하세요 지호님, 환불 접수해 드렸어요.", "내일 기사님이 방문하실 예정입니다."},
		ends:    true,
		score:   4, comment: "친절한데 조금 기다렸어요",
	},
	{
		sub: "lucas", name: "Lucas Meyer", email: "lucas@example.com", topic: "Payment",
		texts:   []string{"My voucher is not accepted at the checkout."},
		agent:   "alex",
		answers: []string{"It was valid until yesterday, I am sorry."},
		ends:    true,
		score:   2,
	},
	{
		sub: "sua", name: "정수아", email: "sua@example.com", topic: "배송",
		texts:   []string{"주소를 바꿀 수 있을까요?"},
		agent:   "minji",
		answers: []string{"네, 새 주소를 알려 주시면 바로 바꿔 드릴게요."},
		ends:    true,
	},
	{
		sub: "haneul", name: "김하늘", email: "haneul@example.com", topic: "배송",
		texts:   []string{"안녕하세요, 어제 주문한 원피스 언제 도착하나요?", "주말 전에 받을 수 있을까요?"},
		agent:   "minji",
		answers: []string{"안녕하세요 하늘님, 확인해 드릴게요.", "오늘 출고되어 내일 도착할 예정이에요 😊"},
	},
	{
		sub: "seojun", name: "박서준", email: "seojun@example.com", topic: "결제",
		texts: []string{"카드 결제가 두 번 된 것 같아요.", "확인 부탁드립니다."},
	},
	{
		sub: "emma", name: "Emma Brown", email: "emma@example.com", topic: "Products",
		texts: []string{"Is the blue coat coming back in stock?"},
	},
}

func (c conversation) play(ctx context.Context, s people.Stack) error {
	token, err := customer(s, c)
	if err != nil {
		return err
	}
	line, err := wire.Connect(ctx, s.WS, token)
	if err != nil {
		return err
	}
	defer line.Close()
	opened, err := line.Ask(ctx, wire.Frame{"action": "join", "start": true,
		"profile": wire.Frame{"name": c.name, "email": c.email, "topic": c.topic},
		"page":    wire.Frame{"url": s.Demo, "title": "Shop", "lang": "ko"}})
	if err != nil {
		return err
	}
	room := opened.Room()
	if err := line.Send(ctx, room, c.texts); err != nil || c.agent == "" {
		return err
	}
	if err := c.answer(ctx, s, room); err != nil || c.score == 0 {
		return err
	}
	_, err = line.Ask(ctx, wire.Frame{"action": "rate", "room": room, "score": c.score, "comment": c.comment})
	return err
}

func (c conversation) answer(ctx context.Context, s people.Stack, room string) error {
	line, err := console(ctx, s, c.agent)
	if err != nil {
		return err
	}
	defer line.Close()
	if _, err := line.Ask(ctx, wire.Frame{"action": "take", "room": room}); err != nil {
		return err
	}
	if err := line.Send(ctx, room, c.answers); err != nil || !c.ends {
		return err
	}
	_, err = line.Ask(ctx, wire.Frame{"action": "end", "room": room})
	return err
}
