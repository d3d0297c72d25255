import type en from './en.rating';

const words: typeof en = {
  rate: '상담은 어떠셨나요?',
  comment: '의견',
  thanks: '소중한 의견 감사합니다.',
  expired: '{days} 안에 답변해 드리지 못했습니다. 죄송합니다. 다시 문의해 주세요.',
  anew: '새 상담',
};

export default words;
