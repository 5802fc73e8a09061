import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../components/cobrowse-join.js';
import { consumerPage, sidesOf, state, type SidesStory } from './support/sides.js';

const page = (content: unknown) => html`<main style="padding: 24px; max-inline-size: 420px">${content}</main>`;
const meta: Meta = {
  title: 'Join',
  component: 'cobrowse-join',
  render: (_, context) => page(consumerPage(sidesOf(context), html`<cobrowse-join></cobrowse-join>`)),
};
export default meta;

const nothing = () => Promise.resolve();
const alone: SidesStory['render'] = () => page(html`<cobrowse-join></cobrowse-join>`);

/** Before there is a session: where a code is typed. */
export const Entry: SidesStory = { ...state(nothing), render: alone };
export const NotACode: SidesStory = {
  ...state(nothing, async () => {
    const join = document.querySelector('cobrowse-join')!;
    await join.updateComplete;
    join.shadowRoot!.querySelector('input')!.value = 'none';
    join.shadowRoot!.querySelector('button')!.click();
    await join.updateComplete;
  }),
  render: alone,
};
export const Joined = state(nothing);
