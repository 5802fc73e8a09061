import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { internalsOf } from '../components/session/internals.js';
import { whenState } from '../components/testing.js';
import { agentDesk, sidesOf, state, type Sides, type SidesStory } from './support/sides.js';

const meta: Meta = {
  title: 'Toolbar',
  component: 'cobrowse-toolbar',
  argTypes: {
    size: { control: 'select', options: ['medium', 'small'] },
    orientation: { control: 'select', options: ['horizontal', 'vertical'] },
  },
  render: (args, context) =>
    agentDesk(
      sidesOf(context),
      html`<main style="padding: 24px">
        <cobrowse-toolbar
          size=${(args['size'] as string | undefined) ?? 'medium'}
          orientation=${(args['orientation'] as string | undefined) ?? 'horizontal'}
          ?without-labels=${args['withoutLabels']}
        ></cobrowse-toolbar>
      </main>`,
    ),
};
export default meta;

async function live(both: Sides): Promise<void> {
  await both.sharing();
  internalsOf(both.agent)!.setViewPhase('live');
  await whenState(both.agent, ({ view }) => view.phase === 'live');
}

export const Ready = state(() => undefined);
export const Asking = state((both) => both.ask());
export const AllowedWithViewNotification = state((both) => both.allowed());
export const Denied = state(
  (both) => both.ask(),
  (both) => both.answer('deny'),
);
export const Live = state(live);
export const LiveSmall: SidesStory = { ...state(live), args: { size: 'small' } };
export const LiveVertical: SidesStory = { ...state(live), args: { orientation: 'vertical' } };
export const LiveWithoutLabels: SidesStory = { ...state(live), args: { withoutLabels: true } };
export const LaserChosen = state(live, (both) => void both.agent.dispatch({ type: 'set-tool', tool: 'laser' }));
export const PencilChosen = state(
  live,
  (both) => void both.agent.dispatch({ type: 'set-tool', tool: 'pencil', color: '#e5484d' }),
);
export const AskingForControl = state(live, (both) => both.ask('remote-control'));
export const InControl = state(live, (both) => both.controlled());
export const InControlForTenMinutes = state(live, (both) => both.controlled(10));
export const AskingForFullDevice = state(live, (both) => both.ask('full-device'));
export const FullDevice = state(live, (both) => both.fullDevice());
export const Paused = state(live, async (both) => {
  both.consumer.dispatch({ type: 'pause' });
  await whenState(both.agent, ({ status }) => status === 'paused');
});
export const Reconnecting = state(live, async (both) => {
  both.pair.hub.drop();
  await whenState(both.agent, ({ connection }) => connection === 'reconnecting');
});
export const Ended = state(live, async (both) => {
  both.consumer.dispatch({ type: 'end' });
  await whenState(both.agent, ({ status }) => status === 'ended');
});

/** Actions of the desk's own, in the toolbar's look. */
export const WithOwnActions: SidesStory = {
  ...state(live),
  render: (_, context) =>
    agentDesk(
      sidesOf(context),
      html`<main style="padding: 24px">
        <cobrowse-toolbar>
          <button slot="start">Open ticket</button>
          <button slot="end">Call back</button>
        </cobrowse-toolbar>
      </main>`,
    ),
};
