/** The widget's words before a chat, in English. Those of the conversation and of the rating load with them. */
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
  send: 'Send',
};

export default words;
