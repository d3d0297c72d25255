// Package dynamo is the repository: chat.Store on Amazon DynamoDB. It knows chat's types and the database, and no
// rules beyond the conditions in the contract of chat.Store.
//
// keys.go has the keys and indexes of all tables, conditions.go every condition and update. One file for each thing
// that is stored has its codec with the names of its attributes, and one file for each thing that is done has the
// request.
package dynamo
