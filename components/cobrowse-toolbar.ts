import { define } from './internal/define.js';
import { CobrowseToolbar } from './toolbar/toolbar.js';

define('cobrowse-toolbar', CobrowseToolbar);

declare global {
  interface HTMLElementTagNameMap {
    'cobrowse-toolbar': CobrowseToolbar;
  }
}

export { CobrowseToolbar };
