import { CobrowseAgentView } from './agent-view/agent-view.js';
import { define } from './internal/define.js';

define('cobrowse-agent-view', CobrowseAgentView);

declare global {
  interface HTMLElementTagNameMap {
    'cobrowse-agent-view': CobrowseAgentView;
  }
}

export { CobrowseAgentView };
