/** The tags of an agent's desk. */
import './cobrowse-session.js';
import './cobrowse-toolbar.js';
import './cobrowse-agent-view.js';
