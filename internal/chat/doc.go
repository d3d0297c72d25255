// Package chat is the service layer: the types and rules of live chat. It depends on no gateway, database or clock
// but those that it is given, and imports the standard library and golang.org/x/text only.
//
// # Words
//
// A person (customer or agent) talks on connections. The newest connection of a person is the current one. A room is
// one conversation of one customer: it waits in the queue, becomes active when an agent takes it, and ends once. The
// agent who has it is its holder. A room has two sides, the customer's and the agent's. Each side has a seat, which
// names its current connection. Everything that happens in a room has a place, its seq (1, 2, 3, …). A place holds a
// text, a system message or nothing for ever (void). Each side numbers its texts (1, 2, 3, …), so that a repeat is
// recognised. To settle a place is to decide it for good.
//
// # Rules
//
// Every write to a room raises its rev. A write that comes from a connection requires that no newer connection has
// the seat. A change of a room (open, take, release, transfer, end) is decided on a room that was read, and is
// written in one transaction with its system message if the rev is still the same. A text first gets its number by
// one conditional write to the room, then its place by one conditional put. Only then is it acknowledged.
//
// # Files
//
// One file for each use case, named as in internal/gateway and internal/dynamo: connect, join_customer, join_agent,
// send (with repeat), typing, read, history, take, release, transfer, end, rate, block, status, queue, chats (with
// chats_page, search), canned_list, canned_put, canned_delete, and sweep (with sweep_agents, sweep_connections,
// rules). room, person, message, push, store, error and limits hold the types; access, change, page, tell and budget
// what the use cases share; clean brings what people write to the form that is stored.
package chat
