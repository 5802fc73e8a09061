/**
 * The consumer's words. Change one and raise `CONSENT_VERSION` in consent/describe-request.ts: receipts name it.
 * Placeholders: {who} is "{agent} from {company}", or {agent} where no company is given; {agent} {company} {site}
 * {minutes} {time} {shortcut} {names} as they say; {other} is the agent that gives control up.
 */
export const en = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  allow: 'Allow',
  deny: 'Deny',
  theAgent: 'the agent',
  who: '{agent} from {company}',
  stopAnyTime: 'You can stop at any time.',
  hidden: 'Passwords, card details and fields we protect stay hidden.',
  expiry: 'This request ends in {time}.',
  expirySoon: 'Only {time} left to answer.',
  moreTime: 'More time',
  policy: 'How co-browsing works',
  onlyMinutes: 'For up to {minutes} minutes.',

  'screen-share.title': 'Show {agent} this tab?',
  'screen-share.body': '{who} will see the pages of {site} you open in this tab, as you use them.',
  'screen-share.limit': "{agent} can point and draw on them, but can't click or type.",
  'screen-share.mobile.title': 'Show {agent} this page?',
  'screen-share.mobile.body':
    "{who} will see {site} as you use it here, and can point and draw, but can't tap or type.",
  'screen-share.mobile.limit': "If you switch to another app or tab, {agent} can't see it.",

  'remote-control.title': 'Let {agent} click and type for you?',
  'remote-control.body':
    '{agent} will be able to use this tab of {site} with their mouse and keyboard, and to send forms.',
  'remote-control.kept.body': '{agent} will be able to use this tab of {site} with their mouse and keyboard.',
  'remote-control.kept.check': 'Only you can send forms. Check what is entered before you do.',
  'remote-control.handOver': '{other} will no longer be able to click and type.',
  'remote-control.yours': 'You see everything as it happens, and your own mouse and keyboard come first.',
  'remote-control.limit': "{agent} can't use protected fields or choose your files.",
  'remote-control.check': 'Check what is entered before it is sent.',
  'remote-control.mobile.title': 'Let {agent} tap and type for you?',
  'remote-control.mobile.body': '{agent} will be able to tap, scroll and type on {site} here, and to send forms.',
  'remote-control.mobile.kept.body': '{agent} will be able to tap, scroll and type on {site} here.',
  'remote-control.mobile.handOver': '{other} will no longer be able to tap and type.',
  'remote-control.mobile.yours': 'You see everything as it happens, and your own touch comes first.',
  'remote-control.mobile.limit': "{agent} can't use protected fields or choose your files or photos.",

  'full-device.title': 'Show {agent} more than this tab?',
  'full-device.body':
    '{agent} will see the tab, window or screen that you pick in the next step, including other websites, programs and notifications if they are on it.',
  'full-device.protect': 'Fields are protected on {site} only, not elsewhere: close anything private first.',
  'full-device.limit': "{agent} can't click or type in this mode; remote control is turned off.",
  'full-device.mobile.title': 'Show {agent} your whole screen?',
  'full-device.mobile.body':
    '{agent} will see your screen, including other apps and notifications, even when you leave this app.',
  'full-device.mobile.protect': 'Fields are protected in this app only: close anything private first.',
  'full-device.mobile.limit': "{agent} can't tap or type in this mode; remote control is turned off.",

  'full-device-tabs.title': 'Let {agent} follow you across tabs?',
  'full-device-tabs.body': '{agent} will see whichever {site} tab is in front.',
  'full-device-tabs.others': 'Other websites and programs stay invisible.',
  'full-device-tabs.limit': "{agent} can't click or type; remote control is turned off.",
  'full-device-tabs.mobile.others': 'Other websites and apps stay invisible.',
  'full-device-tabs.mobile.limit': "{agent} can't tap or type; remote control is turned off.",

  allowed: 'Allowed. Waiting for {agent} to start.',
  denied: "You didn't allow this. Nothing is shared.",
  deniedMore: 'Sharing goes on as before.',
  deniedControl: 'Sharing goes on without control.',
  expired: 'This request has ended.',
  withdrawn: '{agent} withdrew the request.',
  ended: 'Sharing has ended. {agent} no longer sees your page.',
  started: 'Sharing has started. {agent} sees this tab.',

  sees: '{agent} sees this tab',
  seesMobile: '{agent} sees this page',
  controls: '{agent} can click and type here',
  controlsMobile: '{agent} can tap and type here',
  seesScreen: '{agent} sees your screen',
  seesWindow: '{agent} sees the window you chose',
  seesOtherTab: '{agent} sees the tab you chose',
  seesTabs: '{agent} sees the tabs of {site} that you open',
  choose: 'Choose what to show',
  thisTabOnly: 'Back to this tab only',
  takeBack: 'Take back control',
  timeLeft: 'Time left: {time}',
  waiting: 'Waiting for {agent} to start',
  paused: 'Paused. {agent} sees nothing new',
  away: '{agent} is away',
  reconnecting: 'Connection lost. Reconnecting...',
  observers: 'Also watching: {names}',
  stop: 'Stop sharing',
  cancel: 'Cancel',
  pause: 'Pause',
  resume: 'Resume',
  collapse: 'Make smaller',
  expand: 'Show details',
  stopWith: 'Stop sharing ({shortcut})',
  draw: 'Draw on the page',
  showHidden: 'Show what is hidden',
  cantSee: "{agent} can't see this",
  indicator: 'Co-browsing',

  asksToSee: '{agent} asks to see this tab.',
  asksToControl: '{agent} asks to click and type here.',
  asksForScreen: '{agent} asks to see your screen.',
} as const;

export type ConsumerKey = Exclude<keyof typeof en, '$code' | '$name' | '$dir'>;
