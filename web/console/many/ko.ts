import type { en } from './en';

export const ko: typeof en = {
  manyTitle: '여러 상담 한꺼번에 종료',
  manyPlace: '접속 위치',
  manyAnywhere: '전체',
  manyPlaceNamed_one: '위치 {name}: 상담 {n}건',
  manyPlaceNamed_other: '위치 {name}: 상담 {n}건',
  manyPattern: '이름, 주제, 최근 메시지에 들어 있는 말',
  manyOften: '자주 나온 말',
  manyOftenCount_one: '상담 {n}건',
  manyOftenCount_other: '상담 {n}건',
  manyLooking: '세는 중…',
  manyFound: '대기 중인 상담 {of}건 중 {n}건이 해당됩니다.',
  manyExamples: '그중 가장 오래된 상담',
  manyChoose: '접속 위치를 고르거나 공통으로 들어 있는 말을 입력하세요.',
  manyEnd: '상담 종료',
  manyBlock: '종료하고 차단',
  manyHint:
    '고객에게 상담이 종료되었다고 알립니다. 그사이 다른 상담원이 맡은 상담은 그대로 둡니다. 차단은 관리자가 지난 상담에서 한 명씩 해제할 수 있습니다.',
  manyStop: '중지',
  manyProgress: '{of}건 중 {n}건 종료…',
  manyEnded_one: '상담 {n}건을 종료했습니다.',
  manyEnded_other: '상담 {n}건을 종료했습니다.',
  manyBlocked_one: '고객 {n}명을 차단했습니다.',
  manyBlocked_other: '고객 {n}명을 차단했습니다.',
  manyFailed_one: '상담 {n}건을 종료하지 못했습니다. 다시 시도해 주세요.',
  manyFailed_other: '상담 {n}건을 종료하지 못했습니다. 다시 시도해 주세요.',
};
