// Package dynamo is the repository: chat.Store on Amazon DynamoDB. It knows chat's types and the database, and no rule of
// chat's beyond the conditions that the contract of chat.Store asks for.
//
// keys.go has every name that is stored, conditions.go every condition and update: they are the product. One file for
// each thing that is stored has its codec, and one for each thing that is done the request.
package dynamo
