/** Registers a tag. A second copy of the kit on one page leaves the first in place and says so. */
export function define(tag: string, element: CustomElementConstructor): void {
  const present = customElements.get(tag);
  if (!present) customElements.define(tag, element);
  else if (present !== element)
    console.error(`cobrowse-kit: duplicate-kit: <${tag}> is registered by another copy. Load the kit once.`);
}
