import { closestFlat, isInput } from './dom.js';

/** What a click on the target also works: a label's field, a form's submission, a popover or command target. */
export function reachOfClick(target: Element): Element[] {
  const found: (Element | null | undefined)[] = [];
  const label = closestFlat(target, 'label') as HTMLLabelElement | null;
  if (label) found.push(label.control);
  const button = closestFlat(target, 'button, input') as (HTMLButtonElement & HTMLInputElement) | null;
  if (button) {
    found.push(button.popoverTargetElement);
    const commandFor = (button as unknown as { commandForElement?: Element | null }).commandForElement;
    found.push(commandFor);
  }
  return found.filter((element): element is Element => element instanceof Object && element !== target);
}

/** The button that Enter in a field presses, or null when the form has none. */
export function defaultButton(form: HTMLFormElement): HTMLElement | null {
  const root = form.getRootNode() as Document | ShadowRoot;
  const candidates = root.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button, input');
  for (const button of candidates) if (button.form === form && isSubmit(button)) return button;
  return null;
}

export function isSubmit(element: Element): boolean {
  if (element.localName === 'button') return (element as HTMLButtonElement).type === 'submit';
  return isInput(element) && (element.type === 'submit' || element.type === 'image');
}
