/** Words of the widget in English: all that is said before a chat begins; en.talk.ts has the others. A visitor loads those of one language. */
const words = {
  title: 'Chat with us',
  close: 'Minimize',
  intro: 'You can leave this page without losing your place.',
  name: 'Name',
  email: 'Email',
  topic: 'Topic',
  ask: 'How can we help?',
  optional: '(optional)',
  needed: 'Please fill this in.',
  invalid: 'Please enter a valid email address.',
  long: 'Too long by {n} characters.',
  start: 'Start chat',
  connecting: 'One moment…',
  refused: "Chat isn't available right now.",
  again: 'Try again',
  write: 'Write a message',
  send: 'Send',
};

export default words;
