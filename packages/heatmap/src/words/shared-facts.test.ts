import { sharedFacts } from './shared-facts.js';

describe('sharedFacts', () => {
  it('says once what holds for all', () => {
    const facts = [
      { name: 'A', fact: 'onnx:node' },
      { name: 'B', fact: 'onnx:node' },
    ];
    expect(sharedFacts(facts)).toEqual(['onnx:node']);
  });

  it('names what a fact is about otherwise', () => {
    const facts = [
      { name: 'A', fact: 'start: 1' },
      { name: 'B', fact: 'start: value' },
      { name: 'C', fact: 'start: 1' },
    ];
    expect(sharedFacts(facts)).toEqual(['start: 1 (A, C)', 'start: value (B)']);
    expect(sharedFacts([...facts.slice(1, 2), { name: 'D', fact: undefined }])).toEqual([
      'start: value (B)',
    ]);
  });

  it('has nothing to say about nothing', () => {
    expect(sharedFacts([{ name: 'A', fact: undefined }])).toEqual([]);
  });
});
