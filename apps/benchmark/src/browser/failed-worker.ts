/** Why a worker ended by itself: its script was not found, or threw, or the browser ended it. */
export const whyEnded = (event: Event): string => {
  const { message } = event as Partial<ErrorEvent>;
  return message === undefined || message === ''
    ? 'its worker could not be loaded, or was ended by the browser.'
    : `its worker ended: ${message}`;
};
