import { expect, type Page } from '@playwright/test';
import { allow, reach } from './sides.js';

/** From a live view to remote control, by the buttons that people use. */
export async function takeControl(consumer: Page, agent: Page): Promise<void> {
  await agent.locator('cobrowse-toolbar [part~="control"]').click();
  await allow(consumer);
  await reach(agent, { mode: 'remote-control' });
  await expect(agent.locator('cobrowse-agent-view')).toHaveJSProperty('isConnected', true);
  await agent.waitForFunction(() => document.querySelector('cobrowse-agent-view')?.matches(':state(controlling)'));
}

interface At {
  /** Share of the element's box. Default: its middle. */
  at?: readonly [number, number];
  /** Character of the element's text, instead of a share of the box. */
  text?: number;
}

/** Where an element of the mirror is on the agent's screen. `>>` goes into a frame or an open shadow root. */
export async function placeOf(
  agent: Page,
  selector: string,
  { at = [0.5, 0.5], text }: At = {},
): Promise<[number, number]> {
  const handle = await agent.waitForFunction(
    ([path, share, letter]) => {
      const frame = document.querySelector('cobrowse-agent-view')?.shadowRoot?.querySelector('iframe');
      let root: ParentNode | null | undefined = frame?.contentDocument;
      let element: Element | null = null;
      const around: Element[] = [];
      for (const part of path.split('>>')) {
        element = root?.querySelector(part.trim()) ?? null;
        if (!element) return null;
        const inner = (element as HTMLIFrameElement).contentDocument;
        if (inner) around.push(element);
        root = element.shadowRoot ?? inner ?? element;
      }
      if (!element || !frame) return null;
      let { left, top, width, height } = element.getBoundingClientRect();
      if (letter !== undefined) {
        const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const range = element.ownerDocument.createRange();
        range.setStart(walker.nextNode()!, letter);
        ({ left, top, width, height } = range.getBoundingClientRect());
      }
      if (height === 0) return null;
      for (const one of around.reverse()) {
        if (one === element) continue;
        const box = one.getBoundingClientRect();
        left += box.left + one.clientLeft;
        top += box.top + one.clientTop;
      }
      const box = frame.getBoundingClientRect();
      const scale = box.width / frame.clientWidth;
      return [box.left + (left + width * share[0]) * scale, box.top + (top + height * share[1]) * scale];
    },
    [selector, at, text] as const,
    { polling: 20 },
  );
  return (await handle.jsonValue()) as [number, number];
}

/** A click of the agent's real mouse on what the mirror shows. */
export async function click(
  agent: Page,
  selector: string,
  options: At & { button?: 'left' | 'right' | 'middle'; clickCount?: number } = {},
): Promise<void> {
  const [x, y] = await placeOf(agent, selector, options);
  const { button = 'left', clickCount = 1 } = options;
  await agent.mouse.click(x, y, { button, clickCount });
}

export async function hover(agent: Page, selector: string, options: At = {}): Promise<void> {
  const [x, y] = await placeOf(agent, selector, options);
  await agent.mouse.move(x, y, { steps: 3 });
}

export async function drag(agent: Page, from: string, to: string, start: At = {}, end: At = {}): Promise<void> {
  const [x, y] = await placeOf(agent, from, start);
  await agent.mouse.move(x, y);
  await agent.mouse.down();
  const [toX, toY] = await placeOf(agent, to, end);
  await agent.mouse.move(toX, toY, { steps: 8 });
  await agent.mouse.move(toX, toY);
  await agent.mouse.up();
}

/** A wheel step over what the mirror shows. */
export async function wheel(agent: Page, selector: string, dx: number, dy: number): Promise<void> {
  await hover(agent, selector);
  await agent.mouse.wheel(dx, dy);
}
