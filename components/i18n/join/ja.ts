import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const ja: Texts<JoinKey> = {
  $code: 'ja',
  $name: '日本語',
  $dir: 'ltr',

  joinLabel: '担当者から伝えられたコード',
  joinButton: '参加',
  joinJoining: '接続しています…',
  joinWrong: 'このコードは誤っているか、使用済みか、期限切れです。担当者に新しいコードを依頼してください。',
  joinTooMany: '試行回数が多すぎます。1分待ってからもう一度お試しください。',
  joinFailed: 'サーバーが応答しません。もう一度お試しください。',
  joinJoined: '接続しました。許可するまで何も共有されません。',
};
