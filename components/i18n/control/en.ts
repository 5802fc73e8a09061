/** What the consumer reads while an agent has control; loaded with it. {address} is a host and a path. */
export const en = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  controlling: '{agent} controls this page',
  consumerFirst: 'You go first. {agent} waits.',
  controlStarted: '{agent} now has control.',
  controlStartedStop: '{agent} now has control. Press {shortcut} to stop.',
  controlEnded: 'Control has ended.',

  needTitle: '{agent} needs your help',
  'need.file': 'Please choose a file here.',
  'need.window': 'Please open {address}.',
  'need.address': 'Please go to {address}.',
  'need.fullscreen': 'Please switch this to full screen.',
  'need.clipboard': 'Please copy or paste this yourself.',
  'need.download': 'Please download this yourself.',
  'need.permission': 'Please click this yourself. Your browser may ask you to allow it.',
  'need.picker': 'Please choose a value here.',
  'need.print': 'Please print this page.',
  'need.submit': 'Please check what is entered, and send it yourself.',
  'need.other': 'Please click this yourself.',
  open: 'Open',
  dismiss: 'Dismiss',
} as const;

export type ControlKey = Exclude<keyof typeof en, '$code' | '$name' | '$dir'>;
