package world

import (
	"hash/fnv"
	"slices"

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

// leftKey is the key of all rooms that are left, in the queue's index.
func leftKey() key { return key{"queue", "left"} }

// queueKey is the key of a room in the queue's index; none if it does not wait.
func queueKey(r chat.Room) key {
	switch {
	case r.Status != chat.StatusWaiting:
		return key{}
	case r.Left:
		return leftKey()
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(r.ID)) // a hash never fails
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
	if was, is := queueKey(before), queueKey(after); was != is {
		keys = append(keys, slices.DeleteFunc([]key{was, is}, func(k key) bool { return k == key{} })...)
	}
	return keys
}
