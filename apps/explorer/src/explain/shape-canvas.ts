/** A strip is drawn so many times as wide as it is tall. */
const STRIP = 3;

/** Gives a canvas the shape and the kind of enlarging that its picture needs. */
export function shapeCanvas(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
  { isStrip, isSmall }: { readonly isStrip: boolean; readonly isSmall: boolean },
): void {
  canvas.classList.toggle('squares', isSmall);
  canvas.style.setProperty('aspect-ratio', String(isStrip ? STRIP : width / height));
}
