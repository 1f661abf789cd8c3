import { html, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { signal } from '@preact/signals-core';
import { messageOf } from '@patternlens/core';
import type { App } from '../state/app.js';
import { OPEN_WORDS } from '../words/open.js';
import { dialogFrame } from './dialog-frame.js';
import { giveFiles } from './give-files.js';
import { openStateOf } from './open-state.js';

/** Why there is no picture. */
const problem = signal<string | undefined>(undefined);

let stream: MediaStream | undefined;
let taken = 0;

/** Lets the camera go: its light goes out. */
function stopCamera(): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
}

/** Shows what the camera sees. */
async function startCamera(video: HTMLVideoElement): Promise<void> {
  if (stream) return;
  problem.value = undefined;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: true });
  } catch (cause) {
    problem.value = OPEN_WORDS.noCamera(messageOf(cause));
    return;
  }
  // The dialog was closed while the person was asked.
  if (!video.isConnected) {
    stopCamera();
    return;
  }
  video.srcObject = stream;
  await video.play();
}

/** The frame that is shown, as a file like any other image. */
async function takePicture(app: App, video: HTMLVideoElement): Promise<void> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return;
  const canvas = new OffscreenCanvas(videoWidth, videoHeight);
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  const content = await canvas.convertToBlob({ type: 'image/png' });
  openStateOf(app).dialog.value = undefined;
  stopCamera();
  await giveFiles(app, Promise.resolve([{ path: `camera-${++taken}.png`, content }]));
}

/** Takes one picture by the camera. What it sees is shown here, and goes nowhere else. */
export function cameraDialog(app: App): TemplateResult {
  const take = (event: Event): void => {
    const video = (event.currentTarget as HTMLElement).closest('dialog')?.querySelector('video');
    if (video) void takePicture(app, video);
  };
  const body = html`${
      problem.value === undefined
        ? html`<p class="quiet">${OPEN_WORDS.camera}</p>`
        : html`<p role="alert">${problem.value}</p>`
    }
    <video
      class="camera"
      muted
      playsinline
      aria-label="What the camera sees"
      ${ref((element) => {
        if (element) void startCamera(element as HTMLVideoElement);
      })}
    ></video>
    <p class="buttons">
      <button type="button" class="primary" ?disabled=${problem.value !== undefined} @click=${take}>
        Take a picture
      </button>
    </p>`;
  return dialogFrame(app, 'camera', 'Camera', body, stopCamera);
}
