import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createSession } from '../components/session/create-session.js';
import { whenState } from '../components/testing.js';
import { BASKET, consumerPage, sidesOf, state, type SidesStory } from './support/sides.js';

const meta: Meta = {
  title: 'Consent',
  component: 'cobrowse-consent',
  argTypes: { presentation: { control: 'select', options: ['inline', 'dialog', 'none'] } },
  // where a chat shows it: in its transcript
  render: (args, context) =>
    consumerPage(
      sidesOf(context),
      html`<main style="padding: 84px 24px 24px; max-inline-size: 420px">
        <cobrowse-consent
          presentation=${(args['presentation'] as string | undefined) ?? 'inline'}
          ?without-frame=${args['withoutFrame']}
          ?without-pause=${args['withoutPause']}
          policy-url=${(args['policyUrl'] as string | undefined) ?? ''}
        ></cobrowse-consent>
      </main>`,
    ),
};
export default meta;

export const AskingForScreenShare = state((both) => both.ask());
export const AskingInADialog: SidesStory = { ...state((both) => both.ask()), args: { presentation: 'dialog' } };
export const AskingWithPolicy: SidesStory = {
  ...state((both) => both.ask()),
  args: { policyUrl: 'https://northwind.example/co-browsing' },
};
export const AskingSoonOver = state((both) => both.ask(), undefined, { settings: { requestSeconds: 18 } });
export const AskingWithMoreTime = state(
  (both) => both.ask(),
  (both) => void both.consumer.dispatch({ type: 'more-time', requestId: both.consumer.getState().request!.id }),
  { settings: { requestSeconds: 18 } },
);
export const AskingForControl = state(async (both) => {
  await both.sharing();
  await both.ask('remote-control');
});
export const AskingForControlForTenMinutes = state(async (both) => {
  await both.sharing();
  await both.ask('remote-control', 10);
});
export const AskingForFullDevice = state(async (both) => {
  await both.sharing();
  await both.ask('full-device');
});
export const Allowed = state(
  (both) => both.ask(),
  (both) => both.answer('allow'),
);
export const Denied = state(
  (both) => both.ask(),
  (both) => both.answer('deny'),
);
export const Expired = state(
  (both) => both.ask(),
  async (both) => {
    await whenState(both.consumer, ({ request }) => request === null);
  },
  { settings: { requestSeconds: 1 } },
);
export const Withdrawn = state(
  (both) => both.ask(),
  async (both) => {
    both.agent.dispatch({ type: 'withdraw', requestId: both.agent.getState().request!.id });
    await whenState(both.consumer, ({ request }) => request === null);
  },
);
export const Sharing = state((both) => both.sharing());
export const SharingOnAPhone = state((both) => both.sharing({ ...BASKET, device: 'mobile', width: 390, height: 844 }));
export const AgentInControl = state(async (both) => {
  await both.sharing();
  await both.controlled();
});
export const AgentInControlForFiveMinutes = state(async (both) => {
  await both.sharing();
  await both.controlled(5);
});
export const FullDevice = state(async (both) => {
  await both.sharing();
  await both.fullDevice();
});
export const Paused = state(async (both) => {
  await both.sharing();
  both.consumer.dispatch({ type: 'pause' });
  await whenState(both.consumer, ({ status }) => status === 'paused');
});
export const Reconnecting = state(
  (both) => both.sharing(),
  async (both) => {
    both.pair.hub.drop();
    await whenState(both.consumer, ({ connection }) => connection === 'reconnecting');
  },
);
export const Ended = state(
  (both) => both.sharing(),
  async (both) => {
    both.consumer.dispatch({ type: 'end' });
    await whenState(both.consumer, ({ status }) => status === 'ended');
  },
);
export const SeveralAgents = state(async (both) => {
  await both.sharing();
  const other = createSession(both.pair.optionsFor({ sub: 'agent-2', name: 'Ben Okafor', role: 'agent' }));
  await whenState(other, ({ connection }) => connection === 'online');
  await whenState(both.consumer, ({ participants }) => participants.length === 3);
});

/** A vendor's own words and logo. The buttons stay ours; their texts may change. */
export const WithSlots: SidesStory = {
  ...state((both) => both.ask()),
  render: (_, context) =>
    consumerPage(
      sidesOf(context),
      html`<main style="padding: 84px 24px 24px; max-inline-size: 420px">
        <cobrowse-consent>
          <strong slot="logo" style="color: #1e6b4f; font: 700 18px/1 Georgia, serif">Northwind</strong>
          <span slot="title">May Ann look at your basket?</span>
          <span slot="allow">Yes, show it</span>
          <span slot="deny">No, thanks</span>
          <small slot="after">Questions? Call 0800 123 456.</small>
        </cobrowse-consent>
      </main>`,
    ),
};

/** `presentation="none"`: the chat shows the question itself, from the store. */
export const InTheChatsOwnBubble: SidesStory = {
  ...state((both) => both.ask()),
  render: (_, context) => {
    const both = sidesOf(context);
    const { request } = both.consumer.getState();
    const answer = (decision: 'allow' | 'deny') =>
      both.consumer.dispatch({ type: 'answer', requestId: request!.id, decision });
    return consumerPage(
      both,
      html`<main style="padding: 24px">
        <div
          data-cobrowse-no-control
          style="max-inline-size: 320px; padding: 12px 16px; border-radius: 16px; background: #dfeee6; color: #14321f"
        >
          <p style="margin: 0 0 8px"><b>${request?.agent.name}</b> would like to see this tab.</p>
          <button @click=${() => answer('allow')}>Allow</button> <button @click=${() => answer('deny')}>Deny</button>
        </div>
        <cobrowse-consent presentation="none"></cobrowse-consent>
      </main>`,
    );
  },
};
