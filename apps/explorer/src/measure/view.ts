import { html } from 'lit-html';
import type { View } from '../shell/views.js';

export const measureView: View = { template: () => html`` };
