import { define } from './internal/define.js';
import { CobrowseJoin } from './join/join.js';

define('cobrowse-join', CobrowseJoin);

export { CobrowseJoin };
