package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Attributes of a message besides attrWho, attrNo and attrAt. Its holder is attrHolder.
const (
	attrFrom  = "from"
	attrBy    = "by"
	attrText  = "text"
	attrEvent = "event"
	attrVoid  = "void"
)

func messageKey(m chat.Message) item {
	return item{keyCustomer: text(m.Customer), keyPlace: text(placeOf(m.Room, m.Seq))}
}

func encodeMessage(m chat.Message) item {
	it := messageKey(m)
	it[attrFrom], it[attrAt] = text(m.From), number(m.At)
	if m.From == chat.Agent { // a customer is the key
		withText(it, attrWho, m.Who)
	}
	withText(it, attrBy, m.By)
	withNumber(it, attrNo, m.No)
	withText(it, attrText, m.Text)
	withText(it, attrEvent, m.Event)
	withText(it, attrHolder, m.Holder)
	withFlag(it, attrVoid, m.Void)
	return it
}

func decodeMessage(it item) (chat.Message, error) {
	d := &itemReader{item: it}
	m := chat.Message{
		Customer: requireText[chat.PersonID](d, keyCustomer), From: requireText[chat.Side](d, attrFrom), Who: readText[chat.PersonID](d, attrWho), By: readText[string](d, attrBy),
		No: readNumber[int](d, attrNo), Text: readText[string](d, attrText), Event: readText[chat.Event](d, attrEvent), Holder: readText[chat.PersonID](d, attrHolder),
		At: readNumber[chat.Millis](d, attrAt), Void: readFlag(d, attrVoid),
	}
	if m.From == chat.Customer {
		m.Who = m.Customer
	}
	var err error
	if m.Room, m.Seq, err = splitPlace(requireText[string](d, keyPlace)); err != nil {
		d.errs = append(d.errs, err)
	}
	return m, d.err("message")
}

// PutMessage implements chat.MessageStore.
func (s *Store) PutMessage(ctx context.Context, m chat.Message) (chat.Message, bool, error) {
	w := messagePut()
	e := s.resolve(w, "", nil)
	_, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.tables.Messages, Item: s.messageItem(m),
		ConditionExpression: e.condition, ExpressionAttributeNames: nilIfEmpty(e.names),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if err == nil {
		return m, true, nil
	}
	found, _, err := refused(w.name, err)
	if err != nil {
		return chat.Message{}, false, err
	}
	stored, err := decodeMessage(found)
	return stored, false, err
}
