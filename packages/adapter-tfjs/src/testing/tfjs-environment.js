import { TestEnvironment } from 'jest-environment-node';

/** TensorFlow.js asks whether data are instances of the typed arrays that it knows; Jest's sandbox has its own, so it is given the outer ones. */
export default class TfjsEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const shared = [
      ArrayBuffer,
      SharedArrayBuffer,
      Float32Array,
      Float64Array,
      BigInt64Array,
      BigUint64Array,
      Int32Array,
      Uint32Array,
      Int16Array,
      Uint16Array,
      Int8Array,
      Uint8Array,
    ];
    for (const type of shared) this.global[type.name] = type;
  }
}
