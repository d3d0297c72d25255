package main

// subject is a topic, and texts of both sides about it.
type subject struct {
	topic         string
	asks, answers []string
}

var names = []string{
	"김서연", "이도윤", "박하준", "최지우", "정민서", "강예준", "조수빈", "윤시우", "장하은", "임지호",
	"Olivia Brown", "Noah Schmidt", "Emma Wilson", "Liam Martin", "Sofia Rossi", "James Clark",
}

var subjects = []subject{
	{
		"배송", []string{"안녕하세요, 주문한 상품이 언제 오나요?", "송장 번호를 알 수 있을까요?", "배송지를 바꾸고 싶어요.", "네, 감사합니다.", "아직 출고 전인가요?"},
		[]string{"안녕하세요 고객님, 확인해 드릴게요.", "오늘 오후에 출고될 예정입니다.", "송장 번호를 문자로 보내 드렸어요.", "네, 새 주소로 바꿔 드렸습니다."},
	},
	{
		"환불", []string{"환불은 얼마나 걸리나요?", "색상이 사진과 달라요.", "택을 떼지 않았어요.", "카드로 결제했습니다.", "알겠습니다."},
		[]string{"불편을 드려 죄송합니다.", "환불 접수해 드렸어요.", "영업일 기준 3일 안에 처리됩니다.", "내일 기사님이 방문하실 예정입니다."},
	},
	{
		"Returns", []string{"Hello, can I return the shoes?", "They are one size too small.", "Is the return free?", "Great, thank you.", "Where do I find the label?"},
		[]string{"Hello, of course.", "The label is on its way to your e-mail.", "Yes, it is free for 14 days.", "I have put the right size aside for you."},
	},
	{
		"Payment", []string{"My card was charged twice.", "The voucher is not accepted.", "I paid yesterday evening.", "Okay, I will wait.", "Thanks for looking."},
		[]string{"Let me look into it.", "The second payment will be returned in two days.", "The voucher was valid until yesterday, I am sorry.", "Is there anything else?"},
	},
	{
		"상품", []string{"이 코트 재입고되나요?", "M 사이즈 총장이 궁금해요.", "세탁은 어떻게 하나요?", "선물 포장도 되나요?", "감사합니다!"},
		[]string{"네, 다음 주에 입고될 예정이에요.", "총장은 98cm입니다.", "드라이클리닝을 권해 드려요.", "네, 주문서에서 선택하실 수 있어요."},
	},
}
