package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// DeleteCanned implements chat.CannedStore.
func (s *Store) DeleteCanned(ctx context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	w := deleteCannedWrite(version)
	e := s.resolve(w, "", item{":before": number(version)})
	_, err := s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.tables.Canned, Key: cannedKey(owner, key),
		ConditionExpression: e.when, ExpressionAttributeNames: noneIfEmpty(e.names), ExpressionAttributeValues: e.values,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if err == nil {
		return chat.Canned{}, true, nil
	}
	found, _, err := refused(w.name, err)
	if err != nil {
		return chat.Canned{}, false, err
	}
	there, err := decodeCanned(found)
	return there, false, err
}
