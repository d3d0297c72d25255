/** Words once a chat has ended. */
const words = {
  rate: 'How was your chat?',
  comment: 'Comment',
  thanks: 'Thank you for your feedback.',
  anew: 'New chat',
};

export default words;
