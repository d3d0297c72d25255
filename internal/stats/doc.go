// Package stats counts ended chats. What one chat adds is a pure function of its room and its messages (Of); an hour is
// the sum of the chats that began in it, and a day the sum of its hours, whichever order, and however often, they are
// added up. docs/statistics.md says what each figure means. The package knows the words of chat and its store.
package stats
