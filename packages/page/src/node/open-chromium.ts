import { chromium, type Browser } from 'playwright-core';
import { findChromium, NO_CHROMIUM } from './find-chromium.js';

/** WebGL2 and WebGPU in software, as machines without a graphics processor have them; timers that don't slow down in pages behind others. */
const SOFTWARE = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Starts Chromium without a window.
 * @throws Error saying how to get it, where there is none. */
export async function openChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, headless: true, args: [...SOFTWARE, ...more] });
}
