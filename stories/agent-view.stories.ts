import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { PageSize } from '../components/mirror/rrweb-events.js';
import { internalsOf } from '../components/session/internals.js';
import { whenState } from '../components/testing.js';
import { agentDesk, BASKET, sidesOf, state, type Sides, type SidesStory } from './support/sides.js';

const meta: Meta = {
  title: 'Agent view',
  component: 'cobrowse-agent-view',
  argTypes: { fit: { control: 'select', options: ['contain', 'width', 'actual'] } },
  render: (args, context) =>
    agentDesk(
      sidesOf(context),
      html`<main style="block-size: 100vh; padding: 16px; box-sizing: border-box">
        <cobrowse-agent-view
          style="block-size: 100%"
          fit=${(args['fit'] as string | undefined) ?? 'contain'}
          ?without-header=${args['withoutHeader']}
        ></cobrowse-agent-view>
      </main>`,
    ),
};
export default meta;

const page = (changes: Partial<typeof BASKET>) => ({ ...BASKET, ...changes });
/** The picture is live, and then? */
const live = (then: (both: Sides) => Promise<void> | void = () => undefined): SidesStory =>
  state(
    (both) => both.sharing(),
    async (both) => {
      await both.play();
      await then(both);
    },
  );

/** Draws with the pointer, as a person does. Centre and radii are shares of the picture. */
async function ringAround(x: number, y: number, across: number, down: number): Promise<void> {
  const root = document.querySelector('cobrowse-agent-view')!.shadowRoot!;
  const surface = root.querySelector<HTMLElement>('.surface')!;
  // the pen is loaded with the tool
  await new Promise((resolve) => setTimeout(resolve, 500));
  const box = surface.getBoundingClientRect();
  const send = (type: string, turn: number, buttons: number) =>
    surface.dispatchEvent(
      new PointerEvent(type, {
        clientX: box.left + box.width * (x + across * Math.cos(turn)),
        clientY: box.top + box.height * (y + down * Math.sin(turn)),
        ...{ bubbles: true, composed: true, cancelable: true, pointerId: 1, isPrimary: true, button: 0, buttons },
      }),
    );
  send('pointerdown', 0, 1);
  for (let i = 1; i <= 40; i++) send('pointermove', (i / 40) * 2.1 * Math.PI, 1);
  send('pointerup', 2.1 * Math.PI, 0);
}

export const Waiting = state(() => undefined);
export const Asking = state((both) => both.ask());
export const Allowed = state((both) => both.allowed());
export const Loading = state((both) => both.sharing());
export const Live = live();
export const LiveAtTrueSize: SidesStory = { ...live(), args: { fit: 'actual' } };
export const LiveWithoutHeader: SidesStory = { ...live(), args: { withoutHeader: true } };
/** A phone as it is held. */
const phone = (
  size: PageSize,
  fingers: [number, number][] = [],
  then: (both: Sides) => Promise<void> | void = () => undefined,
) =>
  state(
    (both) => both.sharing(page({ device: 'mobile', width: size.width, height: size.height })),
    async (both) => {
      await both.playPhone(size, fingers);
      await then(both);
    },
  );
const UPRIGHT = { width: 390, height: 780 };
export const Phone = phone(UPRIGHT);
export const PhoneSideways = phone({ width: 780, height: 390 });
export const PhoneTouched = phone(UPRIGHT, [
  [120, 300],
  [260, 470],
]);
export const PhoneZoomed = phone({
  ...UPRIGHT,
  seen: { x: 40, y: 60, width: 195, height: 390, scale: 2, keyboard: 0 },
});
export const PhoneWithKeyboard = phone({
  ...UPRIGHT,
  seen: { x: 0, y: 0, width: 390, height: 480, scale: 1, keyboard: 300 },
});
export const PhoneMinimised = phone(UPRIGHT, [], async (both) => {
  internalsOf(both.consumer)!.setPage(page({ device: 'mobile', ...UPRIGHT, visible: false }));
  await whenState(both.agent, (now) => now.page?.visible === false);
});
export const Pointing = live((both) => void both.agent.dispatch({ type: 'set-tool', tool: 'laser' }));
export const Drawing = live(async (both) => {
  both.agent.dispatch({ type: 'set-tool', tool: 'pencil', color: '#e5484d' });
  await ringAround(0.84, 0.19, 0.12, 0.05);
  await whenState(both.agent, ({ annotations }) => annotations.length > 0);
});
export const InControl = live((both) => both.controlled());
export const FullDevice = live((both) => both.fullDevice());
export const Hidden = live(async (both) => {
  internalsOf(both.consumer)!.setPage(page({ visible: false }));
  await whenState(both.agent, (now) => now.page?.visible === false);
});
export const OnAnotherTab = live(async (both) => {
  internalsOf(both.consumer)!.setPage({ ...page({ visible: false }), elsewhere: true });
  await whenState(both.agent, ({ view }) => view.phase === 'elsewhere');
});
export const LeavingThePage = live(async (both) => {
  internalsOf(both.consumer)!.setLeaving(true);
  await whenState(both.agent, ({ view }) => view.phase === 'loading');
});
export const Paused = live(async (both) => {
  both.consumer.dispatch({ type: 'pause' });
  await whenState(both.agent, ({ status }) => status === 'paused');
});
export const Reconnecting = live(async (both) => {
  both.pair.hub.drop();
  await whenState(both.agent, ({ connection }) => connection === 'reconnecting');
});
export const Failed = live((both) => internalsOf(both.agent)!.setViewPhase('failed'));
export const Ended = live(async (both) => {
  both.consumer.dispatch({ type: 'end' });
  await whenState(both.agent, ({ status }) => status === 'ended');
});
