import { ar as agent } from './agent/ar.js';
import { ar as consumer } from './consumer/ar.js';
import { ar as control } from './control/ar.js';
import { registerTranslation } from './localize.js';

registerTranslation({ ...agent, ...consumer, ...control });
