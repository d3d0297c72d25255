/** Words once a chat has ended. */
const words = {
  rate: 'How was your chat?',
  comment: 'Comment',
  thanks: 'Thank you for your feedback.',
  expired: "We could not answer within {days}. We're sorry. Please ask again.",
  anew: 'New chat',
};

export default words;
