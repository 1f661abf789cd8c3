import { html } from 'lit-html';
import type { View } from '../shell/view.js';

export const measureView: View = { template: () => html`` };
