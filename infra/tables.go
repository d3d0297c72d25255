package infra

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Tables returns the request that creates each table, by its short name (connections, rooms, …). The caller sets TableName,
// and may create several tables from one. Time to live and backups are not part of it.
func Tables() (map[string]dynamodb.CreateTableInput, error) {
	t, err := Read()
	if err != nil {
		return nil, err
	}
	tables := map[string]dynamodb.CreateTableInput{}
	for id, r := range t.OfType("AWS::DynamoDB::Table") {
		delete(r.Properties, "TableName")
		text, err := json.Marshal(r.Properties)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		// CloudFormation names these properties as the API does.
		var input dynamodb.CreateTableInput
		if err := json.Unmarshal(text, &input); err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		tables[strings.ToLower(strings.TrimSuffix(id, "Table"))] = input
	}
	return tables, nil
}
