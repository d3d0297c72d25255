/** Words while nobody serves the customer, and when a text was not taken. */
const words = {
  closed: "We're closed now.",
  back: "We're back {when}.",
  nobody: 'Nobody is here right now.',
  leave: "Leave your question and we'll answer as soon as we can.",
  at: '{day} at {time}',
  after: '{day} after {time}',
  tomorrow: 'tomorrow',
  day: 'on {day}',
  ours: '{when} ({time} our time)',
  leaveTitle: 'Leave a question',
  leaveSend: 'Leave question',
  emailWhy: "We'll answer here; you can come back any time.",
  kept: "We have your question. We'll answer as soon as we can; you can close this page and come back.",
  keptUntil: "We have your question. We'll answer {when}; you can close this page and come back.",
  full: 'Too many people are waiting. Please try again later.',
  rate_limited: 'That was a lot at once. Please try again a little later.',
};

export default words;
