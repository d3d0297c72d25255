// Package stats counts ended chats. What one chat adds is a pure function of its room and its messages (FromRoom). An hour
// is the sum of the chats that began in it, and a day the sum of its hours, however often and in whatever order they are
// added up. docs/statistics.md defines each figure.
package stats
