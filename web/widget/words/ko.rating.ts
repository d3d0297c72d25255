import type en from './en.rating';

const words: typeof en = {
  rate: '상담은 어떠셨나요?',
  comment: '의견',
  thanks: '소중한 의견 감사합니다.',
  anew: '새 상담',
};

export default words;
