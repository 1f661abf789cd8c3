import { createAppState, type AppState, type OpenedModel } from './app-state.js';
import { keepHistory } from './history.js';

/** A state with a model, of which history needs to know nothing. */
function opened(): AppState {
  const state = createAppState();
  state.model.value = {} as OpenedModel;
  return state;
}

describe('going back and forth', () => {
  beforeEach(() => {
    let now = 0;
    // Every change comes a second after the one before.
    jest.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('takes back one step after the other, and does them again', () => {
    const state = opened();
    const history = keepHistory(state);
    state.target.value = '1';
    state.target.value = '2';
    history.undo();
    expect(state.target.value).toBe('1');
    history.undo();
    expect(state.target.value).toBe('top');
    history.undo();
    expect(state.note.value).toBe('There is nothing to undo.');
    history.redo();
    history.redo();
    expect(state.target.value).toBe('2');
  });

  test('takes a drag of a slider as one step', () => {
    jest.spyOn(performance, 'now').mockReturnValue(0);
    const state = opened();
    const history = keepHistory(state);
    for (const quantile of [99, 98, 97]) state.look.value = { ...state.look.value, quantile };
    history.undo();
    expect(state.look.value.quantile).toBe(99.5);
  });

  test('forgets what can be done again once something else is done', () => {
    const state = opened();
    const history = keepHistory(state);
    state.target.value = '1';
    history.undo();
    state.view.value = 'fit';
    history.redo();
    expect([state.target.value, state.view.value]).toEqual(['top', 'fit']);
  });

  test('begins anew with another model', () => {
    const state = opened();
    const history = keepHistory(state);
    state.target.value = '1';
    state.model.value = {} as OpenedModel;
    history.undo();
    expect(state.target.value).toBe('1');
  });
});
