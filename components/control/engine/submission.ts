import type { Core } from './core.js';
import { isInput, isTextInput, isPickedInput } from './dom.js';
import { defaultButton } from './reach.js';
import type { TextDriver } from './text.js';

/** Enter in a field of one line: `change`, then the form's default button, or the form itself where it has none. */
export function submitImplicitly(core: Core, text: TextDriver, field: HTMLInputElement): void {
  if (isTextInput(field)) {
    const { InputEvent } = field.ownerDocument.defaultView!;
    const init = { bubbles: true, cancelable: true, composed: true, inputType: 'insertLineBreak' };
    if (!core.fire(field, new InputEvent('beforeinput', init))) return;
    text.settleChange(field);
  }
  const { form } = field;
  if (!form?.isConnected) return;
  const button = defaultButton(form);
  if (button) {
    if (button.matches(':disabled') || !core.may(button, 'press')) return;
    button.click();
  } else {
    const blocking = [...form.elements].filter((element) => isTextInput(element) || isPickedInput(element));
    if (blocking.length > 1 || !core.may(form, 'press')) return;
    form.requestSubmit();
  }
  core.focus.sync();
}

/** Fields in which Enter submits. */
export function submitsOnEnter(element: Element): element is HTMLInputElement {
  return isInput(element) && !/^(button|submit|reset|image|file|color)$/.test(element.type);
}
