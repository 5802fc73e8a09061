/** The words of the entry of a code. */
export const en = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  joinLabel: 'Code from your agent',
  joinButton: 'Join',
  joinJoining: 'Joining…',
  joinWrong: 'This code is wrong, was used before, or is too old. Ask your agent for a new one.',
  joinTooMany: 'Too many tries. Wait a minute, then try again.',
  joinFailed: 'The server does not answer. Try again.',
  joinJoined: 'You are connected. Nothing is shared until you allow it.',
} as const;

export type JoinKey = Exclude<keyof typeof en, '$code' | '$name' | '$dir'>;
