import { expect, test, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { click, takeControl } from './support/control.js';
import { openSides, reach, shareScreen } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/** Pages of frameworks that keep the fields' values themselves, worked with the agent's real mouse and keyboard. */
const react = `
import { createElement as h, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
function Page() {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [isOn, setOn] = useState(false);
  const [size, setSize] = useState('s');
  const [isOpen, setOpen] = useState(false);
  const [sent, setSent] = useState('');
  const [over, setOver] = useState(0);
  const list = useRef(null);
  const digits = (text) => text.replace(/\\D/g, '').slice(0, 6).replace(/(\\d{3})(?=\\d)/, '$1-');
  return h('form', { onSubmit: (event) => { event.preventDefault(); setSent([name, phone, isOn, size].join(' ')); } },
    h('input', { id: 'name', value: name, onChange: (event) => setName(event.target.value.toUpperCase()) }),
    h('input', { id: 'phone', value: phone, onChange: (event) => setPhone(digits(event.target.value)) }),
    h('input', { id: 'on', type: 'checkbox', checked: isOn, onChange: () => setOn(!isOn) }),
    h('button', { id: 'size', type: 'button', onClick: () => setOpen(true) }, 'size ' + size),
    h('span', { id: 'over', onMouseEnter: () => setOver(over + 1) }, 'over ' + over),
    h('button', { id: 'send' }, 'send'),
    h('output', { id: 'sent' }, sent),
    isOpen && createPortal(h('ul', { ref: list }, ['m', 'l'].map((one) => h('li', {
      key: one, id: 'size-' + one, onMouseDown: (event) => event.preventDefault(),
      onClick: () => { setSize(one); setOpen(false); } }, one))), document.body));
}
createRoot(document.querySelector('#app')).render(h(Page));
`;
const vue = `
import { createApp, ref, h, withDirectives, vModelText, vModelCheckbox, Teleport } from 'vue/dist/vue.esm-bundler.js';
createApp({
  setup() {
    const [name, phone, isOn, size, isOpen, sent, over] = ['', '', false, 's', false, '', 0].map((value) => ref(value));
    const digits = (text) => text.replace(/\\D/g, '').slice(0, 6).replace(/(\\d{3})(?=\\d)/, '$1-');
    const setName = (event) => (name.value = event.target.value.toUpperCase());
    const setPhone = (event) => { phone.value = digits(event.target.value); event.target.value = phone.value; };
    const choose = (one) => { size.value = one; isOpen.value = false; };
    const send = () => (sent.value = [name.value, phone.value, isOn.value, size.value].join(' '));
    return { name, phone, isOn, size, isOpen, sent, over, setName, setPhone, choose, send };
  },
  template: \`<form @submit.prevent="send">
    <input id="name" :value="name" @input="setName"><input id="phone" :value="phone" @input="setPhone">
    <input id="on" type="checkbox" v-model="isOn"><button id="size" type="button" @click="isOpen = true">size {{ size }}</button>
    <span id="over" @mouseenter="over++">over {{ over }}</span><button id="send">send</button><output id="sent">{{ sent }}</output>
    <Teleport to="body"><ul v-if="isOpen"><li v-for="one in ['m', 'l']" :id="'size-' + one" @mousedown.prevent @click="choose(one)">{{ one }}</li></ul></Teleport>
  </form>\`,
}).mount('#app');
`;

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL('..', import.meta.url).pathname },
    bundle: true,
    write: false,
    minify: true,
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  });
  return `addEventListener('DOMContentLoaded', () => { ${outputFiles[0]!.text} });`;
}

let stage: Stage;
test.beforeAll(async () => {
  stage = await createStage();
});
test.afterAll(() => stage.close());

const textOf = (page: Page, selector: string) => () => page.locator(selector).textContent();

for (const [name, source] of Object.entries({ react, vue })) {
  test(`a form of ${name} is filled in and sent`, async ({ browser }) => {
    const consumerUrl = await stage.consumerPage({
      session: name,
      body: '<main id="app"></main>',
      script: await bundle(source),
      style: 'body { font: 16px sans-serif } form > * { display: block; margin: 12px }',
    });
    const { consumer, agent, close, errors } = await openSides(
      browser,
      consumerUrl,
      await stage.agentPage({ session: name }),
    );
    await shareScreen(consumer, agent);
    await takeControl(consumer, agent);
    await click(agent, '#name');
    await agent.keyboard.type('ada l');
    await expect(consumer.locator('#name')).toHaveValue('ADA L');
    await agent.keyboard.press('Backspace');
    await agent.keyboard.press('Backspace');
    await expect(consumer.locator('#name')).toHaveValue('ADA');
    await agent.keyboard.press('Tab');
    await agent.keyboard.type('12x3456');
    await expect(consumer.locator('#phone')).toHaveValue('123-456');
    await click(agent, '#on');
    await expect(consumer.locator('#on')).toBeChecked();
    await click(agent, '#over');
    await expect.poll(textOf(consumer, '#over')).toMatch(/over [1-9]/);
    await click(agent, '#size');
    await click(agent, '#size-l');
    await expect.poll(textOf(consumer, '#size')).toBe('size l');
    await click(agent, '#name');
    await agent.keyboard.press('Enter');
    await expect.poll(textOf(consumer, '#sent')).toBe('ADA 123-456 true l');
    await reach(agent, { mode: 'remote-control' });
    expect(errors).toEqual([]);
    await close();
  });
}
