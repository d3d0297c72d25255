package world

import (
	"hash/fnv"

	"rejoin/internal/chat"
)

// key is a key of the database whose units may be used up: of an item, or of the queue's index, in which everybody is who waits.
type key struct{ of, id string }

func connectionKey(id chat.ConnectionID) key { return key{"connection", string(id)} }

func personKey(id chat.PersonID) key { return key{"person", string(id)} }

func roomKey(id chat.RoomID) key { return key{"room", string(id)} }

func shopKey(site string) key { return key{"shop", site} }

// pastKey is the key of all messages of a customer.
func pastKey(customer chat.PersonID) key { return key{"past", string(customer)} }

// queueKey is the key of a room in the queue's index.
func queueKey(id chat.RoomID) key {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash never fails
	return key{"queue", string(rune('0' + h.Sum32()%queueShards))}
}

// queueShards is how many keys the index of the queue has.
const queueShards = 2

// changeKeys are the keys of a change of a room.
func changeKeys(before, after chat.Room, with *chat.Message) []key {
	keys := []key{roomKey(before.ID)}
	if with != nil {
		keys = append(keys, pastKey(before.Customer.Who))
	}
	if (before.Status == chat.StatusWaiting) != (after.Status == chat.StatusWaiting) {
		keys = append(keys, queueKey(before.ID))
	}
	return keys
}
