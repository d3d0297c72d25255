package world

import (
	"hash/fnv"
	"strconv"

	"rejoin/internal/chat"
)

// The keys of the database whose units may be used up: of items, and of the queue's index, in which everybody who waits is.

func connectionKey(id chat.ConnectionID) string { return "connection " + string(id) }

func personKey(id chat.PersonID) string { return "person " + string(id) }

func roomKey(id chat.RoomID) string { return "room " + string(id) }

// pastKey is the key of all messages of a customer.
func pastKey(customer chat.PersonID) string { return "past of " + string(customer) }

// queueKey is the key of a room in the queue's index.
func queueKey(id chat.RoomID) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash never fails
	return "queue " + strconv.Itoa(int(h.Sum32()%queueShards))
}

// queueShards is how many keys the index of the queue has.
const queueShards = 2

// changeKeys are the keys of a change of a room.
func changeKeys(before, after chat.Room, with *chat.Message) []string {
	keys := []string{roomKey(before.ID)}
	if with != nil {
		keys = append(keys, pastKey(before.Customer.Who))
	}
	if (before.Status == chat.StatusWaiting) != (after.Status == chat.StatusWaiting) {
		keys = append(keys, queueKey(before.ID))
	}
	return keys
}
