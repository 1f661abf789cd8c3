export { renderChart, type ChartOptions, type RenderedChart } from './charts/render-chart.js';
export { createColourMap, type ColourMap, type ColourStop } from './colours/colour-map.js';
export { COLOUR_MAPS, colourMapNamed, type ColourMapId } from './colours/colour-maps.js';
export type {
  ActivationGroup,
  ActivationPatch,
  ActivationSheet,
  ActivationSheetOptions,
} from './figures/activation-sheet.js';
export type { ExplainedMap, MapOptions } from './figures/explained-map.js';
export type { RenderedFigure } from './figures/figure.js';
export type { OcclusionFigure } from './figures/occlusion-figure.js';
export { renderActivations } from './figures/render-activations.js';
export { renderMap } from './figures/render-map.js';
export { renderOcclusion } from './figures/render-occlusion.js';
export { renderSheet } from './figures/render-sheet.js';
export type {
  Sheet,
  SheetMap,
  SheetMethod,
  SheetOptions,
  SheetRow,
  SheetScope,
  SheetTruth,
} from './figures/sheet.js';
export type { ShownInput } from './looks/input-drawing.js';
export type { LookOptions, View } from './looks/look.js';
export { cropField } from './maps/crop-field.js';
export type { Layout } from './maps/geometry.js';
export {
  picturedSample,
  picturedAxes,
  pictureOrder,
  type PicturedAxes,
  type PicturedSample,
} from './maps/pictured-sample.js';
export { reduceChannels, type Plane, type Reduction } from './maps/reduce-channels.js';
export { DEFAULT_QUANTILE, scaleOf, scalesOf, type Scale } from './maps/scale.js';
export { tileSlices } from './maps/tile-slices.js';
export { METHOD_GROUPS, methodGroup, methodName } from './methods/method-names.js';
export type {
  BoxMark,
  LineMark,
  Mark,
  Page,
  PolygonMark,
  RasterMark,
  TextMark,
} from './pages/page.js';
export { pageToSvg } from './pages/page-to-svg.js';
export { heatToRgb } from './pictures/heat-to-rgb.js';
export { inputToRgb, type Preprocessing } from './pictures/input-to-rgb.js';
export { overlay, type OverlayOptions } from './pictures/overlay.js';
export type { Picture } from './pictures/picture.js';
export { encodePng, recipeOfPng } from './pictures/png.js';
export { resizePicture, resizePlane, type Resampling } from './pictures/resample.js';
export { signalToRgb, type ChannelOrder, type SignalOptions } from './pictures/signal-to-rgb.js';
export {
  createRenderer,
  type PictureRenderer,
  type RendererFonts,
  type RendererParts,
} from './text/renderer.js';
export type { ExplainedTarget } from './words/target-text.js';
export { warningLines, type ToldMethod } from './words/warning-lines.js';
