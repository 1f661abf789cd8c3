import { unpackFiles } from './own-address.js';

void unpackFiles().then(() => import('../main.js'));
