package gateway

import (
	"encoding/json"

	"rejoin/internal/chat"
)

// Types of the server's frames.
const (
	typeRoom     = "room"
	typeAck      = "ack"
	typeMessage  = "message"
	typePresence = "presence"
	typeTyping   = "typing"
	typeRead     = "read"
	typeQueue    = "queue"
	typeWaiting  = "waiting"
	typeReplaced = "replaced"
	typeHistory  = "history"
	typeCanned   = "canned"
	typeChats    = "chats"
	typeStats    = "stats"
	typeHours    = "hours"
	typeError    = "error"
	typeDesk     = "desk"
	typeOK       = "ok"
	typePong     = "pong"
)

// head is the beginning of every server frame; Re only in an answer to a frame that had an id.
type head struct {
	Type string `json:"type"`
	Re   string `json:"re,omitempty"`
}

// The server's frames.
type (
	// roomFrame is a room, or null, and, as the answer to a join or take, a page of it.
	roomFrame struct {
		head
		Room *roomObject `json:"room"`
		*pageObject
		Hours *servingObject `json:"hours,omitempty"` // to a customer who joins, unless an agent holds the room
	}
	// blockFrame is a room with its customer's card.
	blockFrame struct {
		head
		Room roomObject  `json:"room"`
		Card *cardObject `json:"card"`
	}
	ackFrame struct {
		head
		Room chat.RoomID `json:"room"`
		No   int         `json:"no"`
		Seq  int64       `json:"seq"`
		At   chat.Millis `json:"at"`
	}
	messageFrame struct {
		head
		Room    chat.RoomID   `json:"room"`
		Message messageObject `json:"message"`
	}
	presenceFrame struct {
		head
		Room   chat.RoomID `json:"room"`
		Who    chat.Side   `json:"who"`
		Online bool        `json:"online"`
		At     chat.Millis `json:"at"`
		Rev    int64       `json:"rev"`
	}
	typingFrame struct {
		head
		Room chat.RoomID `json:"room"`
		Who  chat.Side   `json:"who"`
	}
	readMarkFrame struct {
		head
		Room chat.RoomID `json:"room"`
		Who  chat.Side   `json:"who"`
		Seq  int64       `json:"seq"`
	}
	queueAddFrame struct {
		head
		Add roomObject `json:"add"`
	}
	queueRemoveFrame struct {
		head
		Remove chat.RoomID `json:"remove"`
	}
	queueRemoveAllFrame struct {
		head
		Removed []chat.RoomID `json:"removed"`
	}
	// waitingFrame is what was found in a part of the queue, and what was done to it.
	waitingFrame struct {
		head
		Checked int           `json:"checked"`
		Found   int           `json:"found"`
		Ended   int           `json:"ended"`
		Blocked int           `json:"blocked"`
		Failed  int           `json:"failed"`
		Rooms   []roomObject  `json:"rooms"`
		Groups  []groupObject `json:"groups"`
		Cursor  chat.RoomID   `json:"cursor,omitempty"`
	}
	queueFrame struct {
		head
		Rooms   []roomObject   `json:"rooms"`
		Mine    []chat.RoomID  `json:"mine"`
		Agents  []personObject `json:"agents"`
		Waiting int            `json:"waiting"` // in total, even if the frame shows fewer
		Left    int            `json:"left"`    // likewise, of the left questions
	}
	deskFrame struct {
		head
		Agent   selfObject       `json:"agent"`
		Status  chat.AgentStatus `json:"status"`
		Rooms   []roomPageObject `json:"rooms"`
		Queue   []roomObject     `json:"queue"`
		Waiting int              `json:"waiting"` // as in queueFrame
		Left    int              `json:"left"`
		Agents  []personObject   `json:"agents"`
	}
	historyFrame struct {
		head
		Messages []messageObject `json:"messages"`
		Before   string          `json:"before,omitempty"`
		Blocked  bool            `json:"blocked,omitempty"`
	}
	errorFrame struct {
		head
		Room     chat.RoomID `json:"room,omitempty"`
		No       int         `json:"no,omitempty"`
		Code     chat.Code   `json:"code"`
		Message  string      `json:"message"`
		Retry    bool        `json:"retry"`
		Expected int         `json:"expected,omitempty"`

		// Of a conflict, the stored one.
		Item  *cannedObject      `json:"item,omitempty"`
		Hours *storedHoursObject `json:"hours,omitempty"`
	}
	chatsFrame struct {
		head
		Rooms  []chatObject `json:"rooms"`
		Cursor string       `json:"cursor,omitempty"`
	}
	statsFrame struct {
		head
		Rows    []figuresObject `json:"rows"`
		Present []presentObject `json:"present,omitempty"`
		Open    *int            `json:"open,omitempty"`
		Cursor  string          `json:"cursor,omitempty"`
	}
	cannedFrame struct {
		head
		Items  []cannedObject `json:"items"`
		Cursor string         `json:"cursor,omitempty"`
	}
	hoursFrame struct {
		head
		Site  string   `json:"site,omitempty"`
		Sites []string `json:"sites"`
		storedHoursObject
		Now openingObject `json:"now"`
	}
	replacedFrame struct {
		head
		By string `json:"by,omitempty"` // the device that the newer connection named in its join
	}
	// plainFrame has only a type: ok, pong.
	plainFrame struct{ head }
)

// The objects within frames.
type (
	roomObject struct {
		ID       chat.RoomID   `json:"id"`
		Site     string        `json:"site,omitempty"` // to agents, for customers of a named site
		Rev      int64         `json:"rev"`
		Status   chat.Status   `json:"status"`
		Seq      int64         `json:"seq"`
		No       int           `json:"no"`
		Created  chat.Millis   `json:"created"`
		Customer memberObject  `json:"customer"`
		Agent    *memberObject `json:"agent,omitempty"`
		Position int           `json:"position,omitempty"`
		Wait     chat.Millis   `json:"wait,omitempty"`
		Read     readObjects   `json:"read"`
		Last     *lastObject   `json:"last,omitempty"`
		Topic    string        `json:"topic,omitempty"`
		From     string        `json:"from,omitempty"` // to admins, while it waits
		Left     *leftObject   `json:"left,omitempty"` // to agents, of a left question
		Ended    chat.Millis   `json:"ended,omitempty"`
		Reason   chat.Reason   `json:"reason,omitempty"`
		Rating   *ratingObject `json:"rating,omitempty"`
	}
	// leftObject tells since when a question is left, and how much of that time its shop was open.
	leftObject struct {
		Since chat.Millis `json:"since"`
		Open  chat.Millis `json:"open"`
	}
	// storedHoursObject is a shop's schedule; version 0 and null if it has none.
	storedHoursObject struct {
		Version int             `json:"version"`
		Hours   json.RawMessage `json:"hours"`
	}
	// openingObject is open or closed, and when that changes.
	openingObject struct {
		State chat.Availability `json:"state"`
		Until chat.Millis       `json:"until,omitempty"`
	}
	// servingObject tells a customer whether somebody serves.
	servingObject struct {
		State chat.Availability `json:"state"`
		Until chat.Millis       `json:"until,omitempty"` // when a closed shop opens, if that is known
		Zone  string            `json:"zone,omitempty"`
		Email string            `json:"email,omitempty"` // emailRequired, or absent
	}
	// groupObject is waiting rooms that have something in common.
	groupObject struct {
		From  string `json:"from,omitempty"`
		Text  string `json:"text,omitempty"`
		Rooms int    `json:"rooms"`
	}
	ratingObject struct {
		Score   int    `json:"score"`
		Comment string `json:"comment,omitempty"`
	}
	personObject struct {
		ID   chat.PersonID `json:"id"`
		Name string        `json:"name"`
	}
	// selfObject is the agent who joined. Admin is for display; each use case checks it.
	selfObject struct {
		personObject
		Admin bool `json:"admin,omitempty"`
	}
	memberObject struct {
		personObject
		Online bool `json:"online"`
	}
	readObjects struct {
		Customer int64 `json:"customer"`
		Agent    int64 `json:"agent"`
	}
	lastObject struct {
		Text string      `json:"text"`
		From chat.Side   `json:"from"`
		At   chat.Millis `json:"at"`
	}
	messageObject struct {
		Room  chat.RoomID `json:"room,omitempty"` // in history only, which spans rooms
		Seq   int64       `json:"seq"`
		From  chat.Side   `json:"from"`
		By    string      `json:"by,omitempty"`
		Text  string      `json:"text"`
		Event chat.Event  `json:"event,omitempty"`
		At    chat.Millis `json:"at"`
	}
	// chatObject is an ended room; Before is the cursor with which `history` shows it from its end.
	chatObject struct {
		roomObject
		Waited chat.Millis    `json:"waited"`
		Talked chat.Millis    `json:"talked"`
		Agents []personObject `json:"agents"`
		Email  string         `json:"email,omitempty"`
		Before string         `json:"before"`
	}
	// figuresObject is figures of a time, or of an agent.
	figuresObject struct {
		At            chat.Millis           `json:"at"`
		Day           string                `json:"day,omitempty"`
		Agent         *personObject         `json:"agent,omitempty"`
		Started       int64                 `json:"started"`
		Answered      int64                 `json:"answered"`
		Abandoned     int64                 `json:"abandoned"`
		Unanswered    int64                 `json:"unanswered"`
		Ended         map[chat.Reason]int64 `json:"ended"`
		Texts         textsObject           `json:"texts"`
		Wait          histogramObject       `json:"wait"`
		WaitOpen      histogramObject       `json:"waitOpen"`
		AbandonedWait histogramObject       `json:"abandonedWait"`
		First         histogramObject       `json:"first"`
		FirstOpen     histogramObject       `json:"firstOpen"`
		Talk          histogramObject       `json:"talk"`
		Response      histogramObject       `json:"response"`
		Rating        histogramObject       `json:"rating"`
		Left          int64                 `json:"left"`
		LeftAnswered  int64                 `json:"leftAnswered"`
		LeftFirst     histogramObject       `json:"leftFirst"`
		LeftFirstOpen histogramObject       `json:"leftFirstOpen"`
		MostWaiting   int64                 `json:"mostWaiting"`
		Online        int64                 `json:"online"`
	}
	// presentObject is a connected agent, with the number of open chats that they hold.
	presentObject struct {
		personObject
		Status chat.AgentStatus `json:"status"`
		Open   int              `json:"open"`
	}
	textsObject struct {
		Customer int64 `json:"customer"`
		Agent    int64 `json:"agent"`
	}
	histogramObject struct {
		N   int64 `json:"n"`
		Sum int64 `json:"sum"`
		P50 int64 `json:"p50"`
		P90 int64 `json:"p90"`
		P99 int64 `json:"p99"`
	}
	cannedObject struct {
		Key      string     `json:"key"`
		Scope    chat.Scope `json:"scope"`
		Title    string     `json:"title"`
		Text     string     `json:"text"`
		Position int64      `json:"position"`
		Version  int        `json:"version"`
	}
	pageObject struct {
		Messages []messageObject `json:"messages"`
		Void     []int64         `json:"void"`
		Through  int64           `json:"through"`
		More     bool            `json:"more"`
		Card     *cardObject     `json:"card,omitempty"` // agents, with the first page
	}
	// cardObject describes the customer to an agent, in the words of the customer, the shop and the browser.
	cardObject struct {
		Profile profileObject `json:"profile"`
		Page    pageInfo      `json:"page"`
		Chats   int           `json:"chats"`
		Blocked bool          `json:"blocked,omitempty"`
	}
	profileObject struct {
		Name  string `json:"name,omitempty"`
		Email string `json:"email,omitempty"`
		Topic string `json:"topic,omitempty"`
	}
	pageInfo struct {
		URL   string `json:"url,omitempty"`
		Title string `json:"title,omitempty"`
		Lang  string `json:"lang,omitempty"`
	}
	roomPageObject struct {
		Room roomObject `json:"room"`
		pageObject
	}
)
