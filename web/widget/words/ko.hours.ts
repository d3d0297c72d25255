import type en from './en.hours';

const words: typeof en = {
  closed: '지금은 상담 시간이 아닙니다.',
  back: '{when}에 상담을 다시 시작합니다.',
  nobody: '지금은 자리에 있는 상담원이 없습니다.',
  leave: '질문을 남겨 주시면 최대한 빨리 답변해 드리겠습니다.',
  at: '{day} {time}',
  after: '{day} {time} 이후',
  tomorrow: '내일',
  day: '{day}',
  ours: '{when}(매장 현지 시간 {time})',
  leaveTitle: '질문 남기기',
  leaveSend: '질문 남기기',
  emailWhy: '답변은 이곳에 남겨 드립니다. 언제든지 다시 오세요.',
  kept: '질문이 접수되었습니다. 최대한 빨리 답변해 드리겠습니다. 이 페이지를 닫았다가 다시 오셔도 됩니다.',
  keptUntil: '질문이 접수되었습니다. {when}에 답변해 드리겠습니다. 이 페이지를 닫았다가 다시 오셔도 됩니다.',
  full: '지금은 대기 인원이 많습니다. 나중에 다시 시도해 주세요.',
  rate_limited: '짧은 시간에 많이 보내셨습니다. 잠시 후 다시 시도해 주세요.',
};

export default words;
