package client

// Names on the wire that the state machine uses.
const (
	sideCustomer = "customer"
	sideAgent    = "agent"
	fromSystem   = "system"

	statusWaiting = "waiting"
	statusActive  = "active"
	statusEnded   = "ended"

	codeFull        = "full"
	codeRateLimited = "rate_limited"
	codeInvalid     = "invalid"

	actionJoin     = "join"
	actionTake     = "take"
	actionEnd      = "end"
	actionRelease  = "release"
	actionTransfer = "transfer"
	actionStatus   = "status"
)

// Person is an agent or a customer.
type Person struct {
	ID string `json:"id"`
}

// Member is one side of a room.
type Member struct {
	ID     string `json:"id"`
	Online bool   `json:"online"`
}

// RoomObject is a room as one side sees it.
type RoomObject struct {
	ID       string           `json:"id"`
	Rev      int64            `json:"rev"`
	Status   string           `json:"status"`
	Seq      int64            `json:"seq"`
	No       int              `json:"no"`
	Created  int64            `json:"created"`
	Customer Member           `json:"customer"`
	Agent    *Member          `json:"agent"`
	Read     map[string]int64 `json:"read"`
	Last     *struct {
		At int64 `json:"at"`
	} `json:"last"`
}

func (r *RoomObject) online(side string) bool {
	if side == sideCustomer {
		return r.Customer.Online
	}
	return r.Agent != nil && r.Agent.Online
}

// Message is the content of a place of a room.
type Message struct {
	Seq   int64  `json:"seq"`
	From  string `json:"from"`
	Text  string `json:"text"`
	Event string `json:"event"`
	At    int64  `json:"at"`
}

// roomUpdate is a room with or without a page of messages.
type roomUpdate struct {
	Room     *RoomObject `json:"room"`
	Messages []Message   `json:"messages"`
	Void     []int64     `json:"void"`
	Through  *int64      `json:"through"`
	More     bool        `json:"more"`
}

// header is the fields that have the same type in all frames.
type header struct {
	Type     string `json:"type"`
	Re       string `json:"re"`
	No       *int   `json:"no"`
	Seq      int64  `json:"seq"`
	At       int64  `json:"at"`
	Who      string `json:"who"`
	Online   bool   `json:"online"`
	Rev      int64  `json:"rev"`
	Code     string `json:"code"`
	Retry    bool   `json:"retry"`
	Expected int    `json:"expected"`
}

// roomEvent is a frame about one room.
type roomEvent struct {
	header
	Room    string  `json:"room"`
	Message Message `json:"message"`
}

// errorFrame is an error. Its message is a string, which no other frame's is.
type errorFrame struct {
	header
	Room string `json:"room"`
}

// roomFrame shows one room.
type roomFrame struct {
	header
	roomUpdate
}

type deskFrame struct {
	Agent  Person       `json:"agent"`
	Status string       `json:"status"`
	Rooms  []roomUpdate `json:"rooms"`
	Queue  []RoomObject `json:"queue"`
}

type queueFrame struct {
	Rooms   *[]RoomObject `json:"rooms"`
	Mine    *[]string     `json:"mine"`
	Add     *RoomObject   `json:"add"`
	Remove  *string       `json:"remove"`
	Removed []string      `json:"removed"`
}

// frame is any frame that a client sends.
type frame struct {
	Action  string    `json:"action"`
	ID      string    `json:"id,omitempty"`
	Device  string    `json:"device,omitempty"`
	Room    string    `json:"room,omitempty"`
	Since   *int64    `json:"since,omitempty"`
	Start   bool      `json:"start,omitempty"`
	Profile *profile  `json:"profile,omitempty"`
	Rooms   []holding `json:"rooms,omitzero"`
	No      int       `json:"no,omitempty"`
	Text    string    `json:"text,omitempty"`
	Seq     int64     `json:"seq,omitempty"`
	Agent   string    `json:"agent,omitempty"`
	Status  string    `json:"status,omitempty"`
}

type profile struct {
	Name  string `json:"name,omitempty"`
	Topic string `json:"topic,omitempty"`
}

type holding struct {
	Room  string `json:"room"`
	Since int64  `json:"since"`
}
