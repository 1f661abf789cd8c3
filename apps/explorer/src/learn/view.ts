import { html } from 'lit-html';
import type { View } from '../shell/views.js';

export const learnView: View = { template: () => html`` };
