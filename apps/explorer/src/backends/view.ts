import { html } from 'lit-html';
import type { View } from '../shell/views.js';

export const backendsView: View = { template: () => html`` };
