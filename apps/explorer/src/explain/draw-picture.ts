import type { Picture } from '@patternlens/heatmap';

/** Draws a picture on a canvas, one pixel a pixel. */
export function drawPicture(canvas: HTMLCanvasElement, { width, height, data }: Picture): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
}
