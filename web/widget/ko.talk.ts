import type en from './en.talk';

const words: typeof en = {
  position: '대기 순서 {n}번째입니다',
  next: '다음 차례입니다',
  wait: '{place}. 예상 대기 시간은 약 {n}분입니다',
  by: '{name} 상담원',
  you: '나',
  divider: '지난 상담',
  typing: '{name}이 입력 중입니다…',
  delivered: '전송됨',
  read: '읽음',
  sending: '전송 중…',
  failed: '전송 실패',
  discard: '삭제',
  opened: '상담이 시작되었습니다',
  taken: '{name}이 연결되었습니다',
  released: '다시 대기 중입니다. 대기 순서는 유지됩니다',
  transferred: '{name}이 연결되었습니다',
  unanswered_warning: '답변이 늦어 죄송합니다. 상담원에게 알렸습니다.',
  idle_warning: '아직 계신가요? 답변이 없으면 상담이 곧 종료됩니다.',
  sound: '알림음',
  end: '상담 종료',
  endSure: '상담을 종료하시겠습니까?',
  cancel: '취소',
  newest: '새 메시지',
  lost: '다시 연결하고 있습니다…',
  replaced: '다른 창이나 기기에서 상담이 열려 있습니다.',
  takeOver: '여기서 계속하기',
  dismiss: '닫기',
};

export default words;
