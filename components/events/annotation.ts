/** A finished stroke was drawn or erased. */
export class CobrowseAnnotationEvent extends Event {
  /** What happened to it. */
  readonly change: 'add' | 'remove';
  /** Id of the person whose stroke it is. */
  readonly author: string;
  /** Id of the stroke. */
  readonly id: string;

  constructor(change: 'add' | 'remove', author: string, id: string) {
    super('cobrowse-annotation', { bubbles: true, composed: true });
    this.change = change;
    this.author = author;
    this.id = id;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-annotation': CobrowseAnnotationEvent;
  }
}
