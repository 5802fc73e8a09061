/** `<halden-stepper value="1" min="1" max="9">`: a number between two buttons, in a shadow root, usable in a form. */
class HaldenStepper extends HTMLElement {
  static formAssociated = true;
  static sheet = new CSSStyleSheet();
  #internals = this.attachInternals();
  #input = document.createElement('input');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [HaldenStepper.sheet];
    Object.assign(this.#input, { inputMode: 'numeric', value: '1' });
    root.append(this.#button('−', 'Fewer', -1), this.#input, this.#button('+', 'More', 1));
    this.#input.addEventListener('change', () => this.#set(Number(this.#input.value)));
  }

  connectedCallback() {
    this.#input.setAttribute('aria-label', this.getAttribute('label') ?? 'How many');
    this.value = this.getAttribute('value') ?? this.#input.value;
  }

  get value() {
    return Number(this.#input.value);
  }
  set value(value) {
    const [low, high] = [Number(this.getAttribute('min') ?? 0), Number(this.getAttribute('max') ?? 99)];
    const number = Math.min(high, Math.max(low, Math.round(Number(value)) || low));
    this.#input.value = String(number);
    this.#internals.setFormValue(String(number));
  }

  #set(value) {
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #button(text, label, step) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: text, ariaLabel: label });
    button.addEventListener('click', () => this.#set(this.value + step));
    return button;
  }
}

HaldenStepper.sheet.replaceSync(`
  :host { display: inline-flex; align-items: center; min-height: 2.75rem; border: 1px solid var(--line-strong); border-radius: 999px; }
  button { width: 2.75rem; height: 2.75rem; border: 0; border-radius: 50%; background: none; color: inherit; font: inherit; font-size: 1.25rem; cursor: pointer; }
  button:hover { background: var(--wash); }
  input { width: 2rem; border: 0; background: none; color: inherit; font: inherit; font-weight: 600; text-align: center; }
  :focus-visible { outline: 3px solid var(--brand); border-radius: 999px; }
`);
customElements.define('halden-stepper', HaldenStepper);
