const part = (name) => document.querySelector(`[data-${name}]`);

/** Why the item can't be chosen, in words. */
const reasons = {
  'not-connected': 'Connecting ...',
  'request-pending': 'Another request waits for an answer',
  'mode-not-offered': 'Not possible on this site',
  'wrong-status': 'You are co-browsing already',
};
const unusable = ['session-ended', 'session-not-found', 'session-full'];

/** The menu beside the composer. What can be chosen comes from the session's state, never from a guess of ours. */
export class SmartActions {
  #menu = document.getElementById('smart-menu');
  #button = document.getElementById('smart-actions');

  /** @param actions `{request, newSession, reply(text)}` */
  constructor(actions) {
    const choose = (element, run) =>
      element.addEventListener('click', () => {
        this.#menu.hidePopover();
        run();
      });
    choose(part('request-cobrowse'), actions.request);
    choose(part('new-session'), actions.newSession);
    for (const item of this.#menu.querySelectorAll('[data-reply]'))
      choose(item, () => actions.reply(item.dataset.reply));
    this.#menu.addEventListener('toggle', (event) => this.#onToggle(event));
    this.#menu.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** @param state of the session's store, or undefined while no conversation is chosen */
  update(state) {
    const item = part('request-cobrowse');
    const mayAsk = Boolean(state?.offers.modes.includes('screen-share')) && !state.request;
    item.disabled = !mayAsk;
    part('new-session').hidden = !unusable.includes(state?.error?.code);
    part('request-note').textContent = mayAsk ? 'Ask to see the page they are on' : whyNot(state);
  }

  get #items() {
    return [...this.#menu.querySelectorAll('[role=menuitem]:not([hidden], :disabled)')];
  }

  #onToggle({ newState }) {
    if (newState !== 'open') return;
    const { left, top } = this.#button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#menu;
    this.#menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - offsetWidth - 8))}px`;
    this.#menu.style.top = `${Math.max(8, top - offsetHeight - 8)}px`;
    this.#items[0]?.focus();
  }

  #onKey(event) {
    const items = this.#items;
    const now = items.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  }
}

function whyNot(state) {
  if (state?.request) return 'Waiting for the answer';
  return reasons[state?.reasons['screen-share']] ?? 'Not possible now';
}
