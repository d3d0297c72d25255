// Package report simulates many seeds, and says what they did and what they broke: totals, progress, the story of one seed,
// and a shorter history that breaks the same clause.
package report
