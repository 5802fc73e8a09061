import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const zh: Texts<JoinKey> = {
  $code: 'zh',
  $name: '中文',
  $dir: 'ltr',

  joinLabel: '客服提供的代码',
  joinButton: '加入',
  joinJoining: '正在连接…',
  joinWrong: '此代码有误、已被使用或已过期。请向客服索取新的代码。',
  joinTooMany: '尝试次数过多。请等一分钟后再试。',
  joinFailed: '服务器没有响应。请重试。',
  joinJoined: '已连接。在您允许之前不会共享任何内容。',
};
