import { en as agent } from './agent/en.js';
import { en as consumer } from './consumer/en.js';
import { en as control } from './control/en.js';
import { registerTranslation } from './localize.js';

registerTranslation({ ...agent, ...consumer, ...control });
