// Package report simulates many seeds and reports what happened and what was broken: totals, progress, the story of one
// seed, and a shorter history that breaks the same clause.
package report
