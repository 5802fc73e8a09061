import { CobrowseToolbar } from './toolbar/toolbar.js';

if (!customElements.get('cobrowse-toolbar')) customElements.define('cobrowse-toolbar', CobrowseToolbar);

declare global {
  interface HTMLElementTagNameMap {
    'cobrowse-toolbar': CobrowseToolbar;
  }
}

export { CobrowseToolbar };
