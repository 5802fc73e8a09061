import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const ko: Texts<JoinKey> = {
  $code: 'ko',
  $name: '한국어',
  $dir: 'ltr',

  joinLabel: '상담원이 알려 준 코드',
  joinButton: '참여',
  joinJoining: '연결하는 중…',
  joinWrong: '코드가 틀렸거나 이미 사용되었거나 만료되었습니다. 상담원에게 새 코드를 요청하세요.',
  joinTooMany: '시도 횟수가 너무 많습니다. 1분 뒤에 다시 시도하세요.',
  joinFailed: '서버가 응답하지 않습니다. 다시 시도하세요.',
  joinJoined: '연결되었습니다. 허용하기 전에는 아무것도 공유되지 않습니다.',
};
