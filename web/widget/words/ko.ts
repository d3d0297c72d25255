import type en from './en';

const words: typeof en = {
  title: '상담하기',
  close: '최소화',
  intro: '페이지를 나가도 순서는 유지됩니다.',
  name: '이름',
  email: '이메일',
  topic: '문의 유형',
  ask: '무엇을 도와드릴까요?',
  optional: '(선택)',
  needed: '입력해 주세요.',
  invalid: '이메일 주소를 확인해 주세요.',
  long: '{n}자를 초과했습니다.',
  start: '상담 시작',
  connecting: '잠시만 기다려 주세요…',
  refused: '지금은 상담을 이용할 수 없습니다.',
  again: '다시 시도',
  send: '보내기',
};

export default words;
