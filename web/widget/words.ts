/** Every word of the widget, in English and in Korean. `data-texts` brings others, or some in the shop's own voice. */
export const words = {
  title: ['Chat with us', '상담하기'],
  close: ['Minimise', '접기'],
  sound: ['Sound', '알림음'],
  intro: ['You can leave this page and keep your place.', '페이지를 떠나도 순서는 유지됩니다.'],
  name: ['Name', '이름'],
  email: ['E-mail', '이메일'],
  topic: ['Topic', '주제'],
  ask: ['How can we help?', '무엇을 도와드릴까요?'],
  start: ['Start chat', '상담 시작'],
  connecting: ['One moment…', '잠시만요…'],
  refused: ['The chat is not available.', '상담할 수 없습니다.'],
  again: ['Try again', '다시 시도'],
  position: ['Number {n} in the queue.', '대기 {n}번째입니다.'],
  wait: ['About {n} min.', '약 {n}분.'],
  online: ['Online', '상담 중'],
  away: ['Away', '자리 비움'],
  agent: ['Agent', '상담원'],
  you: ['You', '나'],
  divider: ['Earlier chats', '지난 상담'],
  typing: ['{name} is typing…', '{name} 님이 입력 중…'],
  newest: ['New messages', '새 메시지'],
  delivered: ['Delivered', '전송됨'],
  read: ['Read', '읽음'],
  sending: ['Sending…', '전송 중…'],
  failed: ['Not sent', '전송 안 됨'],
  discard: ['Discard', '지우기'],
  write: ['Write a message', '메시지 입력'],
  send: ['Send', '보내기'],
  opened: ['Chat started', '상담 시작'],
  taken: ['{name} joined', '{name} 님이 들어왔습니다'],
  released: ['Back in the queue', '다시 대기 중'],
  transferred: ['{name} joined', '{name} 님이 들어왔습니다'],
  idle_warning: ['Still there? The chat ends soon.', '아직 계신가요? 곧 상담이 끝납니다.'],
  ended: ['Chat ended', '상담이 끝났습니다'],
  lost: ['Reconnecting…', '다시 연결 중…'],
  replaced: ['The chat is open elsewhere.', '다른 곳에서 상담 중입니다.'],
  takeOver: ['Use it here', '여기서 계속'],
  end: ['End chat', '상담 종료'],
  endSure: ['End this chat?', '상담을 끝낼까요?'],
  rate: ['How was it?', '상담은 어떠셨나요?'],
  comment: ['Comment', '의견'],
  thanks: ['Thanks!', '감사합니다.'],
  anew: ['New chat', '새 상담'],
};

/** A shop's own words; `dir` is `rtl` where they are written from right to left. */
export type Words = Partial<Record<keyof typeof words | 'dir', string>>;

/** One of several shops of a deployment, in `sites/KEY.json` there. */
export interface Shop {
  /** As agents see it. */
  name?: string;
  /** CSS of the chat's variables. */
  style?: string;
  /** By language, `en`, `ko`, … */
  texts?: Record<string, Words>;
}
