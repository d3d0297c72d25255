// Package hours knows when shops are open: a weekly schedule in the shop's time zone, with exceptions, and a pause. What
// is open at a moment is a pure function of the schedule (At, OpenTime). The Service keeps each shop's schedules as versions,
// so that what was open at some time stays known. docs/hours.md says how each minute counts.
package hours
