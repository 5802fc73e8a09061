import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { agentDesk, consumerPage, sidesOf, state, type SidesStory } from './support/sides.js';

const meta: Meta = { title: 'Flow', parameters: { docs: { story: { height: '720px' } } } };
export default meta;

/** Both sides of one session: ask on the right, answer on the left. The left half is the page that is shown. */
export const AgentAndConsumer: SidesStory = {
  ...state(() => undefined),
  render: (_, context) => html`
    <style>
      .flow {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr);
        block-size: 100vh;
      }
      .flow > * {
        padding: 20px;
        overflow: auto;
        box-sizing: border-box;
      }
      .flow .desk {
        display: grid;
        grid-template-rows: auto 1fr;
        gap: 12px;
        background: #dfe7ea;
      }
      .flow .shop {
        background: #f6f4ef;
        color: #24303a;
      }
      .flow cobrowse-session {
        display: contents !important;
      }
      @media (max-width: 700px) {
        .flow {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    </style>
    <main class="flow">
      <section class="shop" aria-label="Shop">
        <h1>Your basket</h1>
        <p>Alder armchair, Fen lamp, Marsh rug: € 828.00</p>
        <p>
          <label>Voucher <input value="SPRING-10" /></label> <button>Apply</button>
        </p>
        ${consumerPage(sidesOf(context), html`<cobrowse-consent></cobrowse-consent>`)}
      </section>
      <section class="desk" aria-label="Agent's desk" data-cobrowse-ignore>
        ${agentDesk(
          sidesOf(context),
          html`<cobrowse-toolbar></cobrowse-toolbar><cobrowse-agent-view></cobrowse-agent-view>`,
        )}
      </section>
    </main>
  `,
};
